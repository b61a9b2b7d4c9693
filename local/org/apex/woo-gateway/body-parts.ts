import { badBody, GatewayException } from './refusal.ts';

const META = ['key', 'value'];

export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badBody('The body lacks a list.');
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw badBody('The body holds something that should be an object.');
}

/** As WooGatewayBody.requireKeys. */
export function requireKeys(metas: unknown, ours: ReadonlySet<string>): void {
  for (const meta of listOf(metas)) {
    const fields = objectOf(meta);
    requireOnly(fields, META);
    if (ours.has(String(fields['key']))) continue;
    throw new GatewayException(
      403,
      'GATEWAY_FIELD_REFUSED',
      'The body holds a custom field that no active mapping names as its Woo Meta Key.',
    );
  }
}

export function requireOnly(
  fields: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): void {
  if (Object.keys(fields).every((name) => allowed.includes(name))) return;
  throw new GatewayException(
    403,
    'GATEWAY_FIELD_REFUSED',
    `The body holds a field that this call may not change; allowed: ${allowed.join(', ')}.`,
  );
}
