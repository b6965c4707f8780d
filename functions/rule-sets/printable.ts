/** Longest part of a foreign text that a message repeats. */
const EXCERPT_MAX = 60;

/** A foreign text made fit for one line of a message: cut to 60 characters, control characters and line separators replaced. */
export const printable = (text: string): string => {
  const cut = text.length > EXCERPT_MAX ? `${text.slice(0, EXCERPT_MAX)}…` : text;
  return cut.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, '\ufffd');
};
