// Definitions in other words: what ipvsadm and keepalived write, and Weir's own YAML.
import type { ClusterDefinition } from '../definition/definition.ts';
import type { SourceText } from './bounds.ts';
import type { Format } from './detect.ts';
import type { Imported, ImportOptions } from './imported.ts';
import { exportIpvsadm } from './ipvsadm/export.ts';
import { importIpvsadm } from './ipvsadm/import.ts';
import { exportKeepalived } from './keepalived/export.ts';
import { importKeepalived } from './keepalived/import.ts';
import type { Exported } from './unsaid.ts';
import { exportYaml } from './yaml/export.ts';
import { importYaml } from './yaml/import.ts';

export { CHARACTERS_MAX, type SourceText } from './bounds.ts';
export { detectFormat, formats, type Format } from './detect.ts';
export { FormatError, formatErrorCodes, type FormatErrorCode, type FormatParams } from './error.ts';
export type { Imported, ImportOptions, VipHint } from './imported.ts';
export { noteCodes, type NoteCode } from './notes.ts';
export { reportOutcomes, type Note, type ReportLine, type ReportOutcome } from './report.ts';
export { unsaidCodes, type Exported, type Unsaid, type UnsaidCode } from './unsaid.ts';

/** The first file is where it begins. Throws FormatError. */
export function importDefinition(format: Format, files: readonly SourceText[], options: ImportOptions): Imported {
  switch (format) {
    case 'ipvsadm': return importIpvsadm(files);
    case 'keepalived': return importKeepalived(files, options);
    case 'yaml': return importYaml(files);
  }
}

export function exportDefinition(format: Format, definition: ClusterDefinition): Exported {
  switch (format) {
    case 'ipvsadm': return exportIpvsadm(definition);
    case 'keepalived': return exportKeepalived(definition);
    case 'yaml': return exportYaml(definition);
  }
}
