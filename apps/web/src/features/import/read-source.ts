// What a person handed in, read: a definition with its report, or why not. Pure.
import { detectFormat, FormatError, importDefinition, type Format, type Imported, type ImportOptions, type SourceText } from '@weir/model/formats';

export interface Source {
  /** The first is where it begins. */
  readonly files: readonly SourceText[];
  /** Null: by its text. */
  readonly format: Format | null;
  readonly options: ImportOptions;
}

/** Why it cannot be read, as plain data: it comes from another thread. */
export type ReadFault = Pick<FormatError, 'code' | 'file' | 'line' | 'params'>;

export type ReadSource =
  | { readonly kind: 'read'; readonly imported: Imported }
  | { readonly kind: 'unknownFormat' }
  | { readonly kind: 'failed'; readonly error: ReadFault };

export function readSource({ files, format, options }: Source): ReadSource {
  const found = format ?? detectFormat(files[0]?.text ?? '');
  try {
    if (found === null) return files.every(({ text }) => text.trim() === '') ? { kind: 'read', imported: importDefinition('yaml', files, options) } : { kind: 'unknownFormat' };
    return { kind: 'read', imported: importDefinition(found, files, options) };
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'failed', error: faultOf(error) };
    throw error;
  }
}

export function faultOf({ code, file, line, params }: FormatError): ReadFault {
  return { code, file, line, params };
}

/** The file that keepalived itself begins with comes first. */
export function inOrder(files: readonly SourceText[], main: string): readonly SourceText[] {
  return files.toSorted((a, b) => Number(b.name === main) - Number(a.name === main));
}

export function likelyMain(files: readonly SourceText[]): string {
  return (files.find(({ name }) => /(?:^|\/)keepalived\.conf$/.test(name)) ?? files[0])?.name ?? '';
}
