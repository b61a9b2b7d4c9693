import type { AdminSession } from '../../lib/install/admin-session.ts';
import type { ReceiverAddress } from '../sides/receiver.ts';

/** Where a run asks. */
export interface Settings {
  readonly session: AdminSession;
  /** Whether it is a production org; it is none when left out. */
  readonly production?: boolean;
  /** Key of the store. */
  readonly store: string;
  /** How the shop reaches this machine; null where it does not. */
  readonly receiver: ReceiverAddress | null;
  /** Sign-in of the integration user, keys of the shop: as the sidecar has them. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface RunOptions {
  /** Ends the run: what is left is not asked for, and what was made is deleted. */
  readonly stopped?: AbortSignal;
  /** How long one probe may take; what it says itself when left out. */
  readonly probeMs?: number;
  /** Is told before each probe. */
  readonly tell?: (id: string) => void;
}
