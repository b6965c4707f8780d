/** Where an input is wrong. `path` is a JSON path, a column name, or empty for the file as a whole. */
export interface InputFault {
  readonly file: string;
  /** 1-based; null where the place has no line. */
  readonly line: number | null;
  readonly path: string;
  readonly message: string;
}

const place = (fault: InputFault): string => {
  const name = fault.file === '' ? '``' : fault.file;
  const file = fault.line === null ? name : `${name}:${fault.line}`;
  return fault.path === '' ? file : `${file} ${fault.path}`;
};

/** An input that cannot be used: a file, an argument. Caught once, at the edge, as one line and exit code 2; nothing has been written. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly fault: InputFault;

  constructor(fault: InputFault) {
    super(`${place(fault)}: ${fault.message}`);
    this.fault = fault;
  }
}

/** Bad input that concerns a file as a whole. */
export const badFile = (file: string, message: string): BadInput => new BadInput({ file, line: null, path: '', message });
