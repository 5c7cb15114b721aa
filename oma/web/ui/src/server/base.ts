/** Where the server is, as a path: `/`, or below it where a proxy shows the page under a path of its own. */

/** @param where The address of the page; or, with `depth` 1, of a file in a directory beside it. */
export function baseOf(where: string, depth = 0): string {
  return new URL(depth === 0 ? "./" : "../", where).pathname;
}

/** With a slash at its end. A worker is a file in `assets/`; what is neither is a test. */
export const BASE =
  "document" in globalThis
    ? baseOf(location.href)
    : "location" in globalThis
      ? baseOf((globalThis as unknown as { location: Location }).location.href, 1)
      : "/";

/** The address of something that the server has, by its path there: `/api/agents`. */
export function addressOf(path: string): string {
  return BASE + path.replace(/^\//, "");
}
