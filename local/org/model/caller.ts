/** Who writes, and what the headers of the call ask of the rules. */
export interface Caller {
  readonly userId: string;
  /** `allowSave=true`: duplicate rules that only alert let the record pass. */
  readonly saveDuplicates?: boolean;
  /** `includeRecordDetails=true`: an alert shows the fields of the records that it found. */
  readonly duplicateDetails?: boolean;
  /** `v66.0`, for the addresses in answers. */
  readonly version?: string;
}
