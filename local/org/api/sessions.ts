import { randomBytes } from 'node:crypto';
import type { OrgData } from '../data/org-data.ts';

export interface OrgUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

export interface Session {
  readonly token: string;
  readonly user: OrgUser;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** Tokens handed out, and whose they are. */
export class Sessions {
  private readonly org: OrgData;
  private readonly seconds: number;
  private readonly open = new Map<string, Session>();

  /** @param seconds how long a session lasts from its sign-in */
  constructor(org: OrgData, seconds: number) {
    this.org = org;
    this.seconds = seconds;
  }

  organizationId(): string {
    return String(this.org.db.get('SELECT Id FROM Organization')?.['Id']);
  }

  /** An active user, by user name. */
  user(username: string): OrgUser | undefined {
    const row = this.org.db.get(
      'SELECT Id, Username, Name, Email FROM User WHERE Username = ? AND IsActive = 1',
      username,
    );
    return (
      row && {
        id: String(row['Id']),
        username: String(row['Username']),
        name: String(row['Name']),
        email: String(row['Email']),
      }
    );
  }

  /** Signs a user in. */
  issue(user: OrgUser): Session {
    const session: Session = {
      token: `${this.organizationId().slice(0, 15)}!AQ${randomBytes(36).toString('base64url')}`,
      user,
      expires: this.org.time().getTime() + this.seconds * 1000,
    };
    this.open.set(session.token, session);
    return session;
  }

  /** Ends every session, as an administrator can. */
  endAll(): void {
    this.open.clear();
  }

  /** Ends the sessions of one user, as an administrator can. */
  endOf(username: string): void {
    for (const [token, { user }] of this.open)
      if (user.username === username) this.open.delete(token);
  }

  /** The session of a token that is known and not over. */
  find(token: string): Session | undefined {
    const session = this.open.get(token);
    if (!session) return undefined;
    if (session.expires > this.org.time().getTime()) return session;
    this.open.delete(token);
    return undefined;
  }
}
