/** The part of the page that can be seen: a phone's keyboard covers the rest. */

/** Lower than this, only what is worked with keeps its room: a phone with its keyboard up, or on its side. */
const SHORT_PX = 520;

/** Keeps the page as high as what can be seen of it. */
export function followViewport(): void {
  const seen = window.visualViewport;
  const look = () => {
    const height_px = seen?.height ?? window.innerHeight;
    const root = document.documentElement;
    // A page that is zoomed in shows less, and need not change for that.
    if (seen !== null && seen.scale > 1.01) return;
    root.style.setProperty("--seen", `${Math.round(height_px)}px`);
    root.toggleAttribute("data-short", height_px < SHORT_PX);
    // The browser has moved the page to show the field; it fits without that now.
    if (window.scrollY > 0) window.scrollTo(0, 0);
  };
  look();
  (seen ?? window).addEventListener("resize", look);
}
