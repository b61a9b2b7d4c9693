import { reportFailure } from '../../local/shared/failure.ts';

/** Of a shell for a command that Ctrl-C has ended. */
export const STOPPED_CODE = 130;

/** Says why a command ends early: where it was stopped, whatever has failed by that says nothing. */
export function reportEnd(error: unknown, { aborted }: Pick<AbortSignal, 'aborted'>): void {
  if (!aborted) {
    reportFailure(error);
    return;
  }
  console.error('Stopped. Run it again: it goes on from here.');
  process.exitCode = STOPPED_CODE;
}
