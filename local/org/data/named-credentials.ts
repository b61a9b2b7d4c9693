import type { ExternalCredential, NamedCredential } from '@salesforce/types/metadata';
import type { Component } from '../model/deploy-target.ts';

/** User name and password of a principal. */
export interface Secret {
  readonly username: string;
  readonly password: string;
}

/** Where a named credential leads. */
export interface NamedEndpoint {
  /** Without a slash at the end. */
  readonly url: string;
  readonly externalCredential: string;
  /** The principal whose secret it uses. */
  readonly principal: string;
  readonly generatesHeader: boolean;
}

interface Kept {
  readonly externalCredential: string;
  readonly principal: string;
  readonly secret: Secret;
}

type Principal = ExternalCredential['externalCredentialParameters'][number];

/** The deployed named and external credentials, and the secrets that only the org knows. */
export class NamedCredentials {
  readonly #components: () => readonly Component[];
  readonly #secrets = new Map<string, Kept>();

  constructor(components: () => readonly Component[]) {
    this.#components = components;
  }

  /** Undefined where no such credential is deployed and enabled. */
  endpoint(name: string): NamedEndpoint | undefined {
    this.#dropOrphans();
    const body = this.#body('NamedCredential', name) as NamedCredential | undefined;
    if (body?.calloutStatus !== 'Enabled') return undefined;
    const parameters = body.namedCredentialParameters;
    const url = parameters.find((one) => one.parameterType === 'Url')?.parameterValue;
    const authentication = parameters.find((one) => one.parameterType === 'Authentication');
    const externalCredential = authentication?.externalCredential;
    if (url === undefined || externalCredential === undefined) return undefined;
    const [principal] = this.#principals(externalCredential);
    return {
      url,
      externalCredential,
      principal: principal?.parameterName ?? '',
      generatesHeader: body.generateAuthorizationHeader ?? false,
    };
  }

  /** Whether such a principal is deployed. */
  has(externalCredential: string, principal: string): boolean {
    return this.#principals(externalCredential).some(
      ({ parameterName }) => parameterName.toLowerCase() === principal.toLowerCase(),
    );
  }

  protocol(externalCredential: string): string | undefined {
    return this.#externalCredential(externalCredential)?.authenticationProtocol;
  }

  secret(externalCredential: string, principal: string): Secret | undefined {
    this.#dropOrphans();
    return this.#secrets.get(placeOf(externalCredential, principal))?.secret;
  }

  keep(externalCredential: string, principal: string, secret: Secret): void {
    const place = placeOf(externalCredential, principal);
    this.#secrets.set(place, { externalCredential, principal, secret });
  }

  forget(externalCredential: string, principal: string): void {
    this.#secrets.delete(placeOf(externalCredential, principal));
  }

  /** A principal that a deploy left out has lost its secret, also when it comes back. */
  #dropOrphans(): void {
    for (const [place, { externalCredential, principal }] of this.#secrets) {
      if (!this.has(externalCredential, principal)) this.#secrets.delete(place);
    }
  }

  #principals(externalCredential: string): readonly Principal[] {
    const body = this.#externalCredential(externalCredential);
    return (body?.externalCredentialParameters ?? []).filter(
      ({ parameterType }) => parameterType === 'NamedPrincipal',
    );
  }

  #externalCredential(name: string): ExternalCredential | undefined {
    return this.#body('ExternalCredential', name) as ExternalCredential | undefined;
  }

  #body(type: string, name: string): unknown {
    return this.#components().find(
      (one) => one.type === type && one.fullName.toLowerCase() === name.toLowerCase(),
    )?.body;
  }
}

function placeOf(externalCredential: string, principal: string): string {
  return `${externalCredential}-${principal}`.toLowerCase();
}
