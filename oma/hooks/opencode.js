// Written by `oma hooks install opencode`; `oma hooks uninstall opencode` removes it.
// Reports what this opencode does to its terminal, as OSC 7501 (program status protocol), and tells tmux which
// conversation it holds, so that this one goes on after a reboot.
import { execFile } from "node:child_process"
import { constants } from "node:fs"
import { open } from "node:fs/promises"
import { isatty } from "node:tty"

const MAX_MESSAGE_BYTES = 2048
const CONVERSATION = /^[A-Za-z0-9][A-Za-z0-9_-]{5,127}$/
const PATIENCE_MS = 1000

let last
let written = Promise.resolve()

function report(state, kind, message) {
  const words = ["state=" + state, "app=opencode"]
  if (kind) words.push("kind=" + kind)
  if (message) {
    const bytes = Buffer.from(String(message)).subarray(0, MAX_MESSAGE_BYTES)
    words.push("msg=" + bytes.toString("base64"))
  }
  const sequence = "\x1b]7501;" + words.join(":") + "\x1b\\"
  if (sequence === last) return
  last = sequence
  // Nobody waits for it: a terminal that is stopped stops no agent. Without one, nobody watches.
  written = written.then(() => write(sequence)).catch(() => {})
}

async function write(sequence) {
  const terminal = await open("/dev/tty", constants.O_WRONLY | constants.O_NOCTTY)
  try {
    await terminal.write(sequence) // one write: never torn
  } finally {
    await terminal.close()
  }
}

// One that an agent runs for itself, without a terminal, holds another conversation than the one in the pane.
const pane = process.env.TMUX && isatty(1) ? (process.env.TMUX_PANE ?? "") : ""
let told

function tell(conversation) {
  if (conversation === told || !/^%[0-9]+$/.test(pane) || !CONVERSATION.test(conversation)) return
  told = conversation
  const words = ["-N", "set-option", "-p", "-t", pane, "@oma_conversation", conversation]
  execFile(process.env.OMA_TMUX || "tmux", words, { timeout: PATIENCE_MS }, () => {})
}

export const OmaStatus = async () => {
  const children = new Set() // sessions of subagents: their end is not the end of the turn
  let failed = false

  function onStatus(status, conversation) {
    if (status !== "idle") tell(conversation)
    if (status === "idle") {
      if (!failed) report("done")
      return
    }
    failed = false
    report("working")
  }

  report("idle")
  return {
    event: async ({ event }) => {
      const facts = event.properties ?? {}
      const isChild = children.has(facts.sessionID)
      switch (event.type) {
        case "session.created":
        case "session.updated":
          if (facts.info?.parentID) children.add(facts.info.id)
          return
        case "session.status":
          if (!isChild) onStatus(facts.status?.type, facts.sessionID)
          return
        case "session.error":
          // The user's own Esc is no failure.
          if (isChild || facts.error?.name === "MessageAbortedError") return
          failed = true
          report("error", "", facts.error?.data?.message ?? facts.error?.name)
          return
        case "permission.asked":
          report("blocked", "permission", [facts.permission, ...(facts.patterns ?? [])].join(" "))
          return
        case "question.asked":
          report("blocked", "question", facts.questions?.[0]?.question)
          return
        case "permission.replied":
        case "question.replied":
        case "question.rejected":
          report("working")
          return
        case "server.instance.disposed":
          report("clear")
          return
      }
    },
  }
}
