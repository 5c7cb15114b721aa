/** Where a recording is played, and how fast. */

import { useEffect, useRef, useState } from "preact/hooks";

export interface Playhead {
  readonly t: number;
  /** The position now, where `t` is that of the last drawing: keys may come faster. */
  readonly now: () => number;
  readonly playing: boolean;
  readonly speed: number;
  readonly toggle: () => void;
  /** @param goOn Whether it goes on playing from there; as before, where it is left out. */
  readonly seek: (t: number, goOn?: boolean) => void;
  readonly setSpeed: (speed: number) => void;
}

/** A playhead within a recording; it moves with the frames of the screen while it plays. */
export function usePlayhead(duration_s: number, start_s: number): Playhead {
  const exact = useRef(Math.min(start_s, duration_s));
  const [t, setDrawn] = useState(exact.current);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);

  const setT = (to: number) => {
    exact.current = Math.max(0, Math.min(duration_s, to));
    setDrawn(exact.current);
  };

  useEffect(() => {
    if (!playing) return undefined;
    let last_ms = performance.now();
    let frame = requestAnimationFrame(function step(now_ms) {
      const passed_s = ((now_ms - last_ms) / 1000) * speed;
      last_ms = now_ms;
      setT(exact.current + Math.max(0, passed_s));
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, duration_s]);
  useEffect(() => {
    if (t >= duration_s) setPlaying(false);
  }, [t, duration_s]);

  return {
    t,
    now: () => exact.current,
    playing,
    speed,
    setSpeed,
    toggle: () => {
      if (!playing && t >= duration_s) setT(0);
      setPlaying(!playing);
    },
    seek: (to, goOn = playing) => {
      setT(to);
      setPlaying(goOn);
    },
  };
}
