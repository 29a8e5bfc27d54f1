// Why a text cannot be read at all. What is wrong with one line of a text that can be read is in the report instead.

export const formatErrorCodes = [
  'nothingGiven', 'tooLarge', 'binary', 'tooDeep', 'tooMuch', 'lineTooLong', 'includeCycle', 'definitionLoop', 'notYaml', 'aliases', 'notADefinition',
] as const;
export type FormatErrorCode = (typeof formatErrorCodes)[number];

export type FormatParams = Readonly<Record<string, string | number>>;

export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatErrorCode;
  readonly file: string;
  /** 1 is the first; null where it is the whole file. */
  readonly line: number | null;
  /** Fills the sentence that belongs to `code`. */
  readonly params: FormatParams;

  constructor(code: FormatErrorCode, file: string, line: number | null, params: FormatParams = {}) {
    super(`read ${line === null ? file : `${file}:${line}`}: ${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.file = file;
    this.line = line;
    this.params = params;
  }
}
