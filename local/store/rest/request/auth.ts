import { randomBytes } from 'node:crypto';
import { NonceMemory, oauthParams, signatureProblem } from './oauth.ts';
import type { QueryArray, QueryValue } from './php-query.ts';
import { wpError } from '../response/reply.ts';
import type { Reply } from '../response/reply.ts';

export type Role =
  | 'administrator'
  | 'editor'
  | 'author'
  | 'contributor'
  | 'subscriber'
  | 'shop_manager'
  | 'customer';

/** A REST API key as the shop's admin makes it. */
export interface ApiKey {
  consumerKey: string;
  consumerSecret: string;
  permissions: 'read' | 'write' | 'read_write';
  role: Role;
}

/** A WordPress application password; blanks in it do not count. Whom the site does not know is an administrator. */
export interface ApplicationPassword {
  user: string;
  password: string;
}

/** An application password in WordPress' form: 24 letters and digits. */
export function newPassword(): string {
  return randomBytes(12)
    .toString('hex')
    .replace(/.{4}(?=.)/g, '$& ');
}

export interface Credentials {
  keys: readonly ApiKey[];
  applicationPasswords: readonly ApplicationPassword[];
}

/** What of a request decides who is asking. `url` has no query. */
export interface AuthRequest {
  method: string;
  path: string;
  url: string;
  query: QueryArray;
  secure: boolean;
  authorization: string | undefined;
}

/** Who is asking: nobody, or somebody with a role and perhaps a key that limits them. */
export interface Identity {
  role: Role | undefined;
  key: ApiKey | undefined;
  /** the WordPress user; 0 is a stranger */
  user: number;
}

/** What the site knows of a user, by the name or the address that the user signs in with. */
type People = (name: string) => { id: number; username: string; role: Role } | undefined;

export const nobody: Identity = { role: undefined, key: undefined, user: 0 };

/** Whose the keys are, and passwords of users that the site does not know. */
const ADMINISTRATOR = 1;

interface AuthenticatorParts {
  credentials: Credentials;
  /** UTC seconds */
  now: () => number;
  people: People;
  /** outside of `WP_ENVIRONMENT_TYPE=local` WordPress takes no application password over plain http */
  passwordsNeedHttps: () => boolean;
}

/** Checks credentials as WooCommerce and WordPress do together. */
export class Authenticator {
  readonly #credentials: Credentials;
  readonly #now: () => number;
  readonly #people: People;
  readonly #passwordsNeedHttps: () => boolean;
  readonly #nonces = new NonceMemory();

  constructor({ credentials, now, people, passwordsNeedHttps }: AuthenticatorParts) {
    this.#credentials = credentials;
    this.#now = now;
    this.#people = people;
    this.#passwordsNeedHttps = passwordsNeedHttps;
  }

  /** @returns who it is, or the answer that refuses the request. */
  identify(request: AuthRequest): Identity | Reply {
    const basic = basicCredentials(request.authorization);
    const usable = request.secure || !this.#passwordsNeedHttps() ? basic : undefined;
    if (!/^\/wp-json\/wc[/-]/.test(request.path)) {
      return this.#wordPressUser(usable);
    }
    const byKey = request.secure ? this.#keyOverHttps(request.query, basic) : undefined;
    if (byKey !== undefined) {
      return byKey;
    }
    const signed = this.#oauth(request);
    if (signed !== undefined) {
      return signed;
    }
    const user = this.#wordPressUser(usable);
    return 'status' in user ? nobody : user;
  }

  #keyOverHttps(
    query: QueryArray,
    basic: BasicCredentials | undefined,
  ): Identity | Reply | undefined {
    const inQuery = [text(query.get('consumer_key')), text(query.get('consumer_secret'))] as const;
    const [name, secret] = inQuery.every((part) => part !== '')
      ? inQuery
      : [basic?.user ?? '', basic?.password ?? ''];
    const key = this.#find(name);
    if (key === undefined || secret === '') {
      return undefined;
    }
    return key.consumerSecret === secret
      ? { role: key.role, key, user: ADMINISTRATOR }
      : authenticationError('Consumer secret is invalid.');
  }

  #oauth(request: AuthRequest): Identity | Reply | undefined {
    const params = oauthParams(request.query);
    if (params === 'none') {
      return undefined;
    }
    if ('missing' in params) {
      const names = `parameter${params.missing.length > 1 ? 's' : ''} ${params.missing.join(', ')}`;
      const code = 'woocommerce_rest_authentication_missing_parameter';
      return wpError(401, code, `Missing OAuth ${names}`);
    }
    const key = this.#find(params.key);
    if (key === undefined) {
      return authenticationError('Consumer key is invalid.');
    }
    const problem =
      signatureProblem(request, key.consumerSecret) ??
      this.#nonces.problem(params.key, params.timestamp, params.nonce, this.#now());
    return problem === undefined
      ? { role: key.role, key, user: ADMINISTRATOR }
      : authenticationError(problem);
  }

  #find(consumerKey: string): ApiKey | undefined {
    return this.#credentials.keys.find((key) => key.consumerKey === consumerKey);
  }

  #wordPressUser(basic: BasicCredentials | undefined): Identity | Reply {
    if (basic === undefined) {
      return nobody;
    }
    const person = this.#people(basic.user);
    const names = [basic.user, person?.username];
    const known = this.#credentials.applicationPasswords.filter(({ user }) => names.includes(user));
    if (known.length === 0 && person === undefined) {
      return unknownUser(basic.user);
    }
    const given = basic.password.replaceAll(' ', '');
    if (!known.some(({ password }) => password.replaceAll(' ', '') === given)) {
      const message = 'The provided password is an invalid application password.';
      return wpError(401, 'incorrect_password', message);
    }
    const { id = ADMINISTRATOR, role = 'administrator' } = person ?? {};
    return { role, key: undefined, user: id };
  }
}

function unknownUser(name: string): Reply {
  const [kind, cure] = name.includes('@')
    ? ['email address', 'username']
    : ['username', 'email address'];
  const code = name.includes('@') ? 'invalid_email' : 'invalid_username';
  const message = `<strong>Error:</strong> Unknown ${kind}. Check again or try your ${cure}.`;
  return wpError(401, code, message);
}

/** @returns the answer to a key that may not do this, or undefined. */
export function permissionProblem({ key }: Identity, method: string): Reply | undefined {
  if (key === undefined || key.permissions === 'read_write') {
    return undefined;
  }
  const wanted = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return key.permissions === wanted
    ? undefined
    : authenticationError(`The API key provided does not have ${wanted} permissions.`);
}

function authenticationError(message: string): Reply {
  return wpError(401, 'woocommerce_rest_authentication_error', message);
}

interface BasicCredentials {
  user: string;
  password: string;
}

function basicCredentials(header: string | undefined): BasicCredentials | undefined {
  const match = /^Basic\s+(\S+)$/i.exec(header ?? '');
  if (match === null) {
    return undefined;
  }
  const decoded = Buffer.from(match[1] ?? '', 'base64').toString('utf8');
  const at = decoded.indexOf(':');
  return at === -1 ? undefined : { user: decoded.slice(0, at), password: decoded.slice(at + 1) };
}

function text(value: QueryValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
