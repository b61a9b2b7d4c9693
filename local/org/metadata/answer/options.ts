import type { DeployOptions } from '../deploy/result.ts';

/** Options of a deploy as they came in: text by SOAP, JSON values by REST. */
export type RawOptions = Readonly<Record<string, unknown>>;

function flag(options: RawOptions, name: string): boolean {
  const value = options[name];
  return value === true || value === 'true' || value === '1';
}

function texts(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** What was not said is false, as in the Metadata API. */
export function readOptions(options: RawOptions): DeployOptions {
  const { testLevel } = options;
  return {
    allowMissingFiles: flag(options, 'allowMissingFiles'),
    checkOnly: flag(options, 'checkOnly'),
    ignoreWarnings: flag(options, 'ignoreWarnings'),
    purgeOnDelete: flag(options, 'purgeOnDelete'),
    rollbackOnError: flag(options, 'rollbackOnError'),
    runTests: texts(options['runTests']),
    singlePackage: flag(options, 'singlePackage'),
    testLevel: typeof testLevel === 'string' ? testLevel : 'NoTestRun',
  };
}
