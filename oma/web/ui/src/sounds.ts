/** Sounds for agents that need the user: asked for by the user, made here, heard from one tab alone. */

import { Cell } from "./cell";
import type { Health } from "./model/types";

const KEY = "oma.sound";
const TONE_S = 0.14;
/** How long other tabs are kept from making the same sound. */
const ALONE_MS = 3000;

export const sound = new Cell<"off" | "on">(localStorage.getItem(KEY) === "on" ? "on" : "off");

let output: AudioContext | null = null;

/** Browsers let a page be heard after the user did something in it. */
function wake(): void {
  if (sound.value !== "on") return;
  output ??= new AudioContext();
  void output.resume();
}
for (const type of ["pointerdown", "keydown"] as const) window.addEventListener(type, wake, { capture: true, passive: true });

/** Switches sounds on or off; on, one is heard. */
export function toggleSound(): void {
  sound.set(sound.value === "on" ? "off" : "on");
  localStorage.setItem(KEY, sound.value);
  wake();
  if (sound.value === "on") play("waiting");
}

/** Tells by a sound, unless another tab does. @param key Of what is told, the same in every tab. */
export function ring(health: Health, key: string): void {
  if (sound.value !== "on" || output?.state !== "running") return;
  if (!("locks" in navigator)) {
    play(health);
    return;
  }
  void navigator.locks.request(`oma.sound ${key}`, { ifAvailable: true }, (lock) => {
    if (lock === null) return;
    play(health);
    return new Promise((free) => setTimeout(free, ALONE_MS));
  });
}

/** Two tones: upwards for a question, downwards for trouble. */
function play(health: Health): void {
  if (output === null) return;
  const [low, high] = [587, 880];
  const tones = health === "waiting" ? [low, high] : [high, low];
  tones.forEach((frequency, index) => tone(output as AudioContext, frequency, index * TONE_S));
}

function tone(context: AudioContext, frequency: number, after_s: number): void {
  const begins = context.currentTime + after_s;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.linearRampToValueAtTime(0.15, begins + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.001, begins + TONE_S);
  const oscillator = new OscillatorNode(context, { frequency });
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(begins);
  oscillator.stop(begins + TONE_S);
}
