/** How often a line is drawn anew on a terminal, and printed elsewhere, in milliseconds. */
const TERMINAL_MILLISECONDS = 200;
const PLAIN_MILLISECONDS = 5000;

/**
 * Shows that something is under way: one line that is drawn over and over on a terminal, a line every five seconds
 * elsewhere. On stderr, because stdout belongs to what is started.
 *
 * @param {string} title
 * @param {() => string} detail What to say besides the title and the seconds.
 * @param {NodeJS.WriteStream} [stream]
 * @returns {(end: string) => void} ends it, with how it ended.
 */
export function showProgress(title, detail, stream = process.stderr) {
  const started = Date.now();
  const line = () => {
    const seconds = String(Math.round((Date.now() - started) / 1000));
    return [title, detail(), `${seconds} s`].filter((part) => part !== "").join(" · ");
  };
  const draw = () => {
    if (stream.isTTY) stream.write(`\r\u001b[2K${line()}`);
    else stream.write(`${line()}\n`);
  };
  draw();
  const timer = setInterval(draw, stream.isTTY ? TERMINAL_MILLISECONDS : PLAIN_MILLISECONDS);
  return (end) => {
    clearInterval(timer);
    if (stream.isTTY) stream.write("\r\u001b[2K");
    stream.write(`${line()} · ${end}\n`);
  };
}
