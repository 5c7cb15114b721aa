r"""What a line of a terminal screen is by its shape, whoever drew it: a rule, a key hint, an option.

Agents differ in words and agree in shapes. Each shape is a set of patterns with a bit of its own, and
every profile's index tries them together with the patterns of its rules:

    "❯ 1. Yes"                             CHOSEN | NUMBERED
    "  2. No"                              NUMBERED
    "Enter to select · Esc to cancel"      CONFIRM | DISMISS

One line alone proves nothing: prose quotes footers, and a list is a list. `oma.detection.structure`
says which of these lines stand together, and where.
"""

from oma.detection.patterns import PatternSet

_HERE = "oma.detection.line_shapes"

# A frame or a bar may stand before the text of a line.
_EDGE = r"[│┃║|▌\s]*"
_END = r"[│┃║|\s]*$"
_PICK = r"[❯›❭❱⟩»▶►▸➤➜→★>●◉◆]"

_KEY = (
    r"<?(?:(?:ctrl|alt|shift|cmd)[+-]\S+|enter|return|esc(?:ape)?|tab|space|any key|↵|⏎|⇆|↑ ?/ ?↓|↑ ?↓"
    r"|←/→|[←↑→↓]{2,4}|up ?/ ?down|arrows?(?: keys?)?)>?"
)
_HINT = (
    rf"^{_EDGE}(?:(?:press |use |hit )?{_KEY}(?:[ :/]|$)|press [a-z0-9]\b|[a-z0-9](?:[-/][a-z0-9])+ "
    r"|[a-z0-9] to |\d/\d:|type to (?:search|filter) )"
)
_ACCEPTS = (
    r"(?:select|confirm|submit|accept|choose|approve|allow|continue|trust|proceed|toggle|save|set"
    r"|review|answer|apply|run|yes|open|use|keep|retry|resume|view|complete|log ?in|sign ?in)"
)
_REFUSES = (
    r"(?:cancel|reject|dismiss|exit|go back|back|close|decline|deny|skip|abort|quit|no|stop)"
)
_TAKES = (
    rf"(?:\b(?:enter|return|tab|space|any key|[yt])>?(?: or \w+)?:? ?(?:to )?{_ACCEPTS}\b"
    rf"|[↵⏎] (?:to )?{_ACCEPTS}\b|\b\d(?:[/-]\d)+:? ?(?:to )?{_ACCEPTS}\b)"
)
_LEAVES = rf"\besc(?:ape)?(?: or \w+)?:? ?(?:to )?{_REFUSES}\b"
_MOVES = (
    r"(?:↑ ?/ ?↓|⇆|←/→|[←↑→↓]{2,4}|up ?/ ?down|arrow keys)(?:/\S+)?:? (?:to )?"
    r"(?:navigate|select|move|choose|switch)\b"
)
_ALLOWS = rf"(?:{_ACCEPTS}|always|once)"
_DENIES = rf"(?:{_REFUSES}|reject\w*|none|never)"
_ANSWER = (
    r"(?:yes|yep|no|nope|allow|deny|approve|reject|accept|decline|always|never|proceed|cancel|skip|confirm"
    r"|trust|don't|do not|quit|exit|ok)"
)
_YES_NO = r"(?:y|yes|n|no|o|oui|non|j|ja|nein|s|si|sí|sì|д|да|н|нет|是|否|はい|いいえ)"
_BRACKETED = r"[\[(]\w{1,5}[\])] ?"
_LETTER = r"(?:[a-z0-9]|enter|esc)[: ] ?"
_ALLOW_KEY = (  # the key is a letter of the answer: `[a]pprove`
    r"[\[(](?:y[\])]es|a[\])](?:ccept|llow|pprove|pply)|r[\])]un|p[\])]roceed|c[\])]on(?:tinue|firm)"
    r"|t[\])]rust|e[\])]xecute)\b"
)
_DENY_KEY = (
    r"[\[(](?:n[\])]o|d[\])](?:eny|ecline|iscard)|r[\])]eject|c[\])]ancel|a[\])]bort|s[\])]kip|q[\])]uit"
    r"|e[\])]xit)\b"
)
_PARTS = r"(?:\s{2,}|\s*[|,·•]\s*(?:or )?)"
_BUTTON = r"[<\[(▎▐] ?\w[\w' ]{0,18} ?[>\])▎▌]"
_ANSWER_BUTTON = rf"[<\[(▎▐] ?{_ANSWER}(?: \w+){{0,3}} ?[>\])▎▌]"
_TIMER = r"(?:\d+[hm] ?)*\d+ ?s"
_STOPS = r"(?:esc(?:/ctrl\+c)?(?: again)?(?: to)? interrupt|ctrl\+c to (?:interrupt|stop))"
_SPIN = r"[⠁-⣿◐-◓◜-◡◴-◷🌑-🌘✢✳✶✻✽·*∗⏳⌛]"

RULE_PATTERNS = (
    r"^\s*[─━═▔▁▀▄]{8,}\s*$",
    r"^[│┃║|] ?[─━═]{8,} ?[│┃║|]$",
    r"^\s?[─━═]+ [^─━═\s].*[─━═]{8,}\s*$",
    r"^\s?[─━═]{8,} ?[^─━═\s][^─━═]{0,60}[─━═]*\s*$",
    r"^\s*\+[-=+]{6,}\+?\s*$",
    r"^\s*\+[-=]{2,} ?[^-=+].{0,60}[-=]{3,}\+\s*$",
)

_SHAPES: dict[str, tuple[str, ...]] = {
    "RULE": RULE_PATTERNS,
    "TOP": (
        r"^\s*[╭┌╔┏](?:[─━═]{6,}|[─━═]{1,4}[^─━═].*[─━═]{3,}| [^─━═\s][^─━═]{0,60}[─━═]{3,})",
    ),
    "BOTTOM": (r"^\s*[╰└╚┗╹](?:[─━═▀]{6,}|[─━═]{1,4}[^─━═].*[─━═][╯┘╝┛]?$)",),
    "PROMPT": (
        r"^[│┃║|]?\s{0,3}(?:[^\w\s│┃║|]\x{FE0F}? )?[❯›❭❱>»⟩➜](?: |$)",
        r"^\s{1,4}[│┃║]\s{0,3}[❯›❭❱>»⟩➜](?: |$)",
        r"^[│┃║]\s+● ▋",
    ),
    "ASKS": (r"^\s{0,2}[?⚠❓✋!]\x{FE0F}? [❯›>](?: |$)",),
    "SLASH": (r"^\s{0,2}[❯›>] /[a-z][\w:-]*(?: |$)",),
    "CHOSEN": (rf"^{_EDGE}{_PICK} {{0,3}}\S",),
    "NUMBERED": (
        rf"^{_EDGE}(?:{_PICK} ?)?(?:\d{{1,2}}[.)]|\[\d{{1,2}}\]) +\S",
        rf"^{_EDGE}(?:[❯›❭▶]|·) \d \S",
        rf"^{_EDGE}[1-9a-z] +\([●○]\) ",
    ),
    "CONFIRM": (
        rf"{_HINT}.*{_TAKES}",
        rf"^{_EDGE}(?:press |use )?{_TAKES}",
        rf"\s{{2,}}{_TAKES}{_END}",
        rf"\((?:press|use) [^()]*{_TAKES}[^()]*\){_END}",
        rf"^\s*\({_KEY} [^()]*{_TAKES}[^()]*\){_END}",
    ),
    "DISMISS": (
        rf"{_HINT}.*{_LEAVES}",
        rf"^{_EDGE}(?:press )?{_LEAVES}",
        rf"^{_EDGE}(?:↑ ?/ ?↓|⇆|[←↑→↓]{{2,4}}) .*[·•|,] ?esc\b",  # in any language
    ),
    "MOVE": (rf"{_HINT}.*{_MOVES}", rf"^{_EDGE}{_MOVES}", rf"\s{{2,}}{_MOVES}"),
    "HOTKEYS": (
        r"^\W*[\[(]y(?:es)?[\])] ?\w+.*[\[(]no?[\])]",
        rf"^\W*{_BRACKETED}{_ALLOWS}\b.*(?:\s{{2,}}|[·•|] ?){_BRACKETED}{_DENIES}\b",
        rf"^{_EDGE}{_ALLOWS}\b[^()]*\([a-z]\) .*\b{_DENIES}\b[^()]*\([a-z]\){_END}",
        rf"^\W*{_LETTER}{_ALLOWS}\b.*(?:\s{{2,}}|[·|•│] ?){_LETTER}{_DENIES}\b",
        rf"^[^.]{{0,100}}{_ALLOW_KEY}.*{_PARTS}{_DENY_KEY}[^.;]{{0,60}}$",
        rf"(?:\s{{2,}}|[—:·|?] ){_BRACKETED}{_ALLOWS}\b.*\s{{2,}}{_BRACKETED}{_DENIES}\b[^.;]{{0,60}}$",
        rf"\bpress y to {_ALLOWS}\b[^.;]{{0,12}}\bn(?: or esc)? to {_DENIES}\b",
        rf"^{_EDGE}{_ANSWER_BUTTON}(?:\s{{2,}}{_BUTTON}){{1,3}}{_END}",
        rf"^{_EDGE}(?:{_BUTTON}\s{{2,}}){{1,3}}{_ANSWER_BUTTON}{_END}",
    ),
    "YES_NO": (
        rf"[\[(]{_YES_NO} ?/ ?{_YES_NO}(?: ?/ ?[^\])]{{1,12}})?[\])]\S{{0,2}} *\w{{0,4}}$",
        r"\(y\)es/\(n\)o\S*(?: \S+)*? ?(?:\[\w+\])?: ?\w{0,4}$",
        r"\? ?[\[(]y(?:es)?[\])]:? *\w{0,4}$",
        r"[\[(][a-z](?:[/,|][a-z?!]){2,}[\])](?: ?[\[(]\w{1,8}[\])])?[?:>]{0,2} *\w{0,4}$",
        r"[\[(][a-z][\])][a-z]*(?:(?: ?[/|,] ?(?:or )?| or )[\[(][a-z][\])][a-z ]*)+\]? ?[?:>]{1,2} *\w{0,4}$",
        r"\? +yes ?/ ?no\b.{0,20}$",
        r"^.{0,40}\b(?:choice|choose|select|pick|option|number)\b.{0,40}[\[(]\d{1,2}(?: ?[-/,–] ?\d{1,2})+[\])] ?[:?>] *\d{0,2}$",
    ),
    "SECRET": (
        r"\b(?:api key|password|passphrase|access token|auth(?:orization)? code)\b[^:]*: ?[*•]*$",
        r"\b(?:verification|one-time|security) (?:code|password)\b[^:]*: ?[*•]*$",
        r"^user ?name for [^ ]+: ?\S*$|^\s*(?:please )?enter (?:an?|the|your) [\w ]+: ?\S*$",
        r"^\W*(?:enter|type|input) [\w -]{0,30}\b(?:otp|code|pin|token)(?: for \S+)?: ?[*•]*$",
        r"^\W*(?:please )?(?:enter|paste|type|provide) (?:an?|the|your) [\w -]{0,30}\b(?:api key|code|key|name|pass\w+|token|url)$",
        r"^\W*(?:please )?type .{1,60} to (?:confirm|continue|delete|proceed)[^:]{0,20}: ?\S{0,30}$",
        r"^\? .*(?:\?|:)(?: [›»]| \([^()]*\)| \[[^\[\]]*\])? ?$|^#\? ?\d{0,2}$",
        r"^\w[\w.-]{0,20}: (?:remove|overwrite|replace|delete|descend into|try to)\b.*\?$",
    ),
    "BESIDE": (
        rf"^{_EDGE}(?:{_PICK} ?)?\[?{_ANSWER}\b[\w! ]*\]?(?:\s{{2,}}\[?{_ANSWER}\b[\w! ]*\]?){{1,3}}{_END}",
    ),
    "ANSWER": (
        rf"^{_EDGE}(?:(?:{_PICK}|·) {{0,2}})?(?:\d[.)]? +|\[\d\] |\d +\([●○]\) )?{_ANSWER}(?:[,.! (]|{_END})",
    ),
    "QUESTION": (
        rf"\?[\"')]?(?: \([^)]*\))?(?: [›»])?{_END}",
        r"^\W*(?:run|allow|execute|apply|approve|proceed)\b[^?]{0,60}\?\s{2,}\S",
    ),
    "HOTKEY_END": (rf"\((?:[a-z]|esc(?: or \w)?|tab|shift\+tab|enter)\){_END}",),
    "MESSAGE": (r"^\s{0,2}[●⏺•◦✦◆⎿]\s+\S",),
    "TAKEN": (
        r"^\s{0,2}\w[\w ]{0,40} (?:is|are) (?:now )?"
        r"(?:applying|closing|exiting|loading|quitting|reloading|restarting|resuming|saving|starting|updating)\b"
        r"[^?]{0,80}(?:…|\.\.\.)$",
    ),
    "WORKING": (
        rf"(?:^|[·•|(]|\s{{2,}}|{_TIMER}) *{_STOPS}(?:\s*$|\s{{2,}}|\s*[)·•|]|:)[^.,;?]*$",
        rf"\((?:[^()]*[·•,] ?)?(?:esc to cancel|{_TIMER}[^()]* esc to cancel)[^()]*\)(?:\s{{2,}}|\s*$)",
        rf"^\W{{0,8}}\w[^()]*(?:…|\.\.\.) ?\([^()]*\b{_TIMER}\b",
        rf"^{_EDGE}{_SPIN}{{1,3}} .*(?:…|\.\.\.)",
        r"^[─━═]+ [⠁-⣿] ",
    ),
    "VIEW": (
        r"\bshowing detailed transcript\b",
        rf"{_HINT}.*\b(?:scroll|page (?:up|down)|ctrl\+o to toggle)\b",
    ),
    "TMUX": (r"^\[[^\]\s]{1,40}\] ?\d+:\S+",),
    "LINE_PROMPT": (
        r"^[\w()@:~/ .%λ\[\]-]{0,80}[$#%>❯›λ➜] ?$",
        r"^>{2,3} ?$|^(?:you|user|me|human) ?[:>❯›]",
        r"^\w[\w ()-]{0,20}> ",
        r"^\[[\w.-]+\] [^<>]*> ",
    ),
    "BROWSER": (
        r"^\W*(?:please )?(?:approve|authori[sz]e|authenticate|finish|complete|continue|sign in|log ?in)\b"
        r".*\bin (?:your|the|a) browser\b",
        r"^\W*waiting for (?:\w+ ){0,3}(?:authori[sz]ation|authentication|browser|login|log-?in|sign-?in)\b",
        r"^\W*(?:open|visit|go to) (?:this|the(?: following)?) (?:url|link|page)\b.*"
        r"\bto (?:sign in|log ?in|authenticate|authori[sz]e|continue|finish)\b",
        r"^\W*to (?:sign in|log ?in|authenticate|authori[sz]e),? (?:open|use|visit|go to)\b",
    ),
    "COUNT": (rf"^{_EDGE}\d{{1,6}}/\d{{1,6}}(?: \(\d+\))?(?: [─-]+)?{_END}",),
    "EDITOR": (
        r"^--More--(?:\(\d+%\))?$|^\(END\)$|^lines \d+-\d+(?:/\d+)?(?: \(END\)|\s+\d+%)?$|^:$",
        r"^\^G (?:Get )?Help\s+\^O ",
        r"^\".*(?:COMMIT_EDITMSG|MERGE_MSG|TAG_EDITMSG|git-rebase-todo|addp-hunk-edit\.diff)\" \d+L\b",
    ),
    "FAREWELL": (r"^\s*(?:to )?(?:resume|continue|reconnect)\b(?:,? \w+){0,4},?:",),
}

SHAPES: tuple[PatternSet, ...] = tuple(
    PatternSet.unchecked(each, _HERE) for each in _SHAPES.values()
)
"""To be joined first in every index, in this order: then their bits are the constants below."""

_BITS = {name: 1 << place for place, name in enumerate(_SHAPES)}


def patterns_of(shape: int) -> PatternSet:
    """Return the patterns of one of the constants below."""
    return SHAPES[shape.bit_length() - 1]


RULE = _BITS["RULE"]  # a line across the screen, perhaps with a label
TOP = _BITS["TOP"]  # the upper edge of a box
BOTTOM = _BITS["BOTTOM"]
PROMPT = _BITS["PROMPT"]  # begins with the sign of a composer
ASKS = _BITS["ASKS"]  # the same with a sign before it that asks
SLASH = _BITS["SLASH"]  # a slash command behind such a sign
CHOSEN = _BITS["CHOSEN"]  # begins with a mark, as the chosen option of a list does
NUMBERED = _BITS["NUMBERED"]
CONFIRM = _BITS["CONFIRM"]  # says which key takes an answer
DISMISS = _BITS["DISMISS"]  # says that Escape gives none
MOVE = _BITS["MOVE"]  # says which keys go from one answer to the next
HOTKEYS = _BITS["HOTKEYS"]  # `[y] Approve   [n] Deny`
YES_NO = _BITS["YES_NO"]  # ends in `(y/n)`, or the like
SECRET = _BITS["SECRET"]  # asks for what is to be typed: ends in `API key:`, or the like
BESIDE = _BITS["BESIDE"]  # answers beside each other, none of them marked
ANSWER = _BITS["ANSWER"]  # begins with a word that is an answer
QUESTION = _BITS["QUESTION"]  # ends in a question mark
HOTKEY_END = _BITS["HOTKEY_END"]  # ends in the key of an option: `(y)`
MESSAGE = _BITS["MESSAGE"]  # begins with the bullet of a message
TAKEN = _BITS["TAKEN"]  # says what is done with an answer: `X is restarting to apply it...`
WORKING = _BITS["WORKING"]  # says how to interrupt, or for how long it has been at work
VIEW = _BITS["VIEW"]  # the footer of something to scroll in
TMUX = _BITS["TMUX"]  # the status line of a tmux in the pane
LINE_PROMPT = _BITS["LINE_PROMPT"]  # a prompt where the cursor stands on it
BROWSER = _BITS["BROWSER"]  # says that a login goes on in a browser
COUNT = _BITS["COUNT"]  # how many of a list fit what is typed beside it
EDITOR = _BITS[
    "EDITOR"
]  # the last line of an editor or a pager that a program opened for the user
FAREWELL = _BITS["FAREWELL"]  # says how to go on with a conversation that ended
