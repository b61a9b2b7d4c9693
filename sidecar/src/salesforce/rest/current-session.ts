// First: jsforce's modules load each other, and begun with the connection they leave `jsforce` itself without one, for
// whoever imports that in the same process.
import 'jsforce/lib/jsforce.js';
import { Connection as Jsforce } from 'jsforce/lib/connection.js';
import { CodedError } from '../../errors/coded-error.ts';
import { openSession, type SignIn } from './sign-in.ts';
import type { Silence } from './silence.ts';
import { SessionExpired } from './transport.ts';

export const apiVersion = '66.0';

/** A sign-in takes a second; who waits for one longer waits for nothing. */
const SIGN_IN_MS = 30_000;
const SIGN_IN_NOTICED_MS = 20_000;

/** The session with the org: opened when it is first needed, and anew when it ended. */
export class CurrentSession {
  readonly #signIn: SignIn;
  readonly #deadlineMs: number;
  readonly #silence: Silence;
  #session: Promise<Jsforce> | null = null;
  #organizationId: string | null = null;

  constructor(signIn: SignIn, deadlineMs: number, silence: Silence) {
    this.#signIn = signIn;
    this.#deadlineMs = deadlineMs;
    this.#silence = silence;
  }

  /** The org that we signed in to last, by 15 or 18 characters; null before that, and where it was not told. */
  get organizationId(): string | null {
    return this.#organizationId;
  }

  /**
   * Sends in a session, and once more in a new one where it had ended.
   * @throws CodedError `SF_SESSION_REFUSED`, or as `send`
   */
  async use<T>(send: (session: Jsforce) => Promise<T>): Promise<T> {
    const session = this.#current();
    try {
      return await send(await session);
    } catch (error) {
      if (!(error instanceof SessionExpired)) throw error;
      if (this.#signIn.kind === 'access_token') throw sessionRefused(this.#signIn, error);
    }
    try {
      return await send(await this.#renewed(session));
    } catch (error) {
      throw error instanceof SessionExpired ? sessionRefused(this.#signIn, error) : error;
    }
  }

  /** Opens the session where nothing has needed it yet. @throws CodedError as a sign-in */
  async open(): Promise<void> {
    await this.#current();
  }

  #current(): Promise<Jsforce> {
    if (this.#session !== null) return this.#session;
    const session = this.#open();
    this.#session = session;
    session.catch(() => {
      // Whoever awaits it gets the error; the next caller may try again.
      if (this.#session === session) this.#session = null;
    });
    return session;
  }

  /** A session other than the one that ended: all who find it ended share one new sign-in. */
  #renewed(ended: Promise<Jsforce>): Promise<Jsforce> {
    if (this.#session === ended) this.#session = null;
    return this.#current();
  }

  async #open(): Promise<Jsforce> {
    const deadlineMs = Math.min(SIGN_IN_MS, this.#deadlineMs);
    const signIn = this.#signIn;
    const { host } = new URL(signIn.kind === 'access_token' ? signIn.instanceUrl : signIn.loginUrl);
    const opening = openSession(signIn, deadlineMs);
    const session = await this.#silence.watch(host, opening, SIGN_IN_NOTICED_MS);
    this.#organizationId = session.organizationId;
    return new Jsforce({
      instanceUrl: session.instanceUrl,
      accessToken: session.accessToken.reveal(),
      version: apiVersion,
      callOptions: { client: 'woo-salesforce' },
    });
  }
}

function sessionRefused(signIn: SignIn, error: SessionExpired): CodedError {
  return signIn.kind === 'access_token'
    ? new CodedError(
        'SF_SESSION_REFUSED',
        `${new URL(signIn.instanceUrl).host} does not accept the session (${error.reason}).`,
        'Put a fresh access token in SF_ACCESS_TOKEN and the address that it is for in SF_INSTANCE_URL (sf org display shows both).',
      )
    : new CodedError(
        'SF_SESSION_REFUSED',
        `${new URL(signIn.loginUrl).host} gives out a session and then does not accept it (${error.reason}).`,
        'Check in Setup that the integration user has the permission "API Enabled", and the IP ranges and session policies of its profile and of the external client app.',
      );
}
