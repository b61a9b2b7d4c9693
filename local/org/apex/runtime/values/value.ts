import type { ApexDate, ApexDatetime, ApexTime } from './dates.ts';
import type { Decimal, Double } from './decimal.ts';

/** Bytes. */
export class ApexBlob {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  toString(): string {
    return `Blob[${this.bytes.length}]`;
  }
}

/** A value of an enum, of the platform or of a class; each is there once. */
export class EnumValue {
  readonly type: string;
  readonly name: string;
  readonly ordinal: number;

  constructor(type: string, name: string, ordinal: number) {
    this.type = type;
    this.name = name;
    this.ordinal = ordinal;
  }

  toString(): string {
    return this.name;
  }
}

/** `Account.class` */
export class TypeValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toString(): string {
    return this.name;
  }
}

/** An object of a class of the platform; of each, its class here is the type. */
export abstract class PlatformObject {
  abstract readonly apexType: string;

  toString(): string {
    return `${this.apexType}[]`;
  }
}

/**
 * A value while Apex runs. A number is an Integer, a bigint a Long; ids are texts of 18 characters, and known to be ids
 * by the types of the source.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Decimal
  | Double
  | ApexBlob
  | ApexDate
  | ApexDatetime
  | ApexTime
  | object;
