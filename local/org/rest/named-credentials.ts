import { type Answer, ok } from '../api/answer.ts';
import { bodyOf, type Call, isRecord } from '../api/call.ts';
import type { Route } from '../api/route.ts';
import type { NamedCredentials, Secret } from '../data/named-credentials.ts';
import { ApiError } from '../model/errors.ts';

interface Place {
  readonly externalCredential: string;
  readonly principalName: string;
}

const invalid = (message: string): ApiError => new ApiError(400, 'INVALID_INPUT', message);

/** Only who may change the set-up sees and sets secrets of principals. */
function requireRight(call: Call): void {
  if (call.services.data.access?.has('CustomizeApplication') === true) return;
  throw new ApiError(
    403,
    'INSUFFICIENT_ACCESS',
    'You do not have the permission Manage Named Credentials or Customize Application.',
  );
}

function placeOf(credentials: NamedCredentials, given: (name: string) => unknown): Place {
  const externalCredential = given('externalCredential');
  const principalName = given('principalName');
  if (given('principalType') !== 'NamedPrincipal') {
    throw invalid('principalType must be NamedPrincipal; others are not emulated.');
  }
  if (typeof externalCredential !== 'string' || typeof principalName !== 'string') {
    throw invalid('externalCredential and principalName are required.');
  }
  if (credentials.has(externalCredential, principalName)) {
    return { externalCredential, principalName };
  }
  throw new ApiError(
    404,
    'NOT_FOUND',
    `No principal ${principalName} of an external credential ${externalCredential} was found.`,
  );
}

function valueOf(given: unknown, name: string, encrypted: boolean): string {
  const entry = isRecord(given) ? given[name] : undefined;
  const value = isRecord(entry) ? entry['value'] : undefined;
  if (!isRecord(entry) || typeof value !== 'string' || value === '') {
    throw invalid(`The credential ${name} is required for the authentication protocol Basic.`);
  }
  if ((entry['encrypted'] === true) !== encrypted) {
    throw invalid(`The credential ${name} must ${encrypted ? '' : 'not '}be encrypted.`);
  }
  return value;
}

function secretIn(call: Call, place: Place): Secret {
  const body = bodyOf(call);
  const protocol = call.services.credentials.protocol(place.externalCredential) ?? '';
  if (body['authenticationProtocol'] !== protocol || protocol !== 'Basic') {
    throw invalid(`authenticationProtocol must be that of the external credential, ${protocol}.`);
  }
  const given = body['credentials'];
  return {
    username: valueOf(given, 'Username', false),
    password: valueOf(given, 'Password', true),
  };
}

function described(call: Call, place: Place): Answer {
  const { credentials } = call.services;
  const secret = credentials.secret(place.externalCredential, place.principalName);
  return ok({
    authenticationProtocol: credentials.protocol(place.externalCredential),
    authenticationStatus: secret ? 'Configured' : 'NotConfigured',
    // Encrypted values never come back.
    credentials: secret
      ? {
          Username: { encrypted: false, value: secret.username },
          Password: { encrypted: true },
        }
      : {},
    ...place,
    principalType: 'NamedPrincipal',
  });
}

function read(call: Call): Answer {
  requireRight(call);
  const { credentials } = call.services;
  return described(
    call,
    placeOf(credentials, (name) => call.query.get(name)),
  );
}

function write(call: Call, isNew: boolean): Answer {
  requireRight(call);
  const { credentials } = call.services;
  const body = bodyOf(call);
  const place = placeOf(credentials, (name) => body[name]);
  const secret = secretIn(call, place);
  const known = credentials.secret(place.externalCredential, place.principalName) !== undefined;
  if (known === isNew) {
    throw invalid(
      isNew
        ? 'The credential exists already; replace it with PUT.'
        : 'The credential does not exist yet; create it with POST.',
    );
  }
  credentials.keep(place.externalCredential, place.principalName, secret);
  return described(call, place);
}

function remove(call: Call): Answer {
  requireRight(call);
  const { credentials } = call.services;
  const place = placeOf(credentials, (name) => call.query.get(name));
  credentials.forget(place.externalCredential, place.principalName);
  return { status: 204 };
}

const shared = { pattern: '/named-credentials/credential', kind: 'other' } as const;

/** The Connect API for the secrets of named credentials. */
export const namedCredentialRoutes: readonly Route[] = [
  { ...shared, method: 'GET', writes: false, handle: read },
  { ...shared, method: 'POST', writes: true, handle: (call) => write(call, true) },
  { ...shared, method: 'PUT', writes: true, handle: (call) => write(call, false) },
  { ...shared, method: 'DELETE', writes: true, handle: remove },
];
