import { variables } from '../config/variables.ts';
import { DerivedSecrets } from '../config/derived-secrets.ts';
import { CodedError } from '../errors/coded-error.ts';
import { outboundUrl } from '../config/public-path.ts';

/** Who deploys the metadata need not have the sign-in of the sidecar, so nothing else is asked for. */
const needed = variables.pick({ PUBLIC_URL: true, SIDECAR_SECRET: true }).required();

/**
 * Prints the endpoint for the outbound messages of the org, and beside it that it is a secret.
 * @throws CodedError `CONFIG_INVALID`
 */
export function runOutboundUrl(
  env: NodeJS.ProcessEnv,
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream,
): void {
  const { url, secrets } = read(env);
  err.write(
    'This address is a secret: who knows it can send us messages in the name of the org.\n',
  );
  out.write(`${outboundUrl(url, secrets.outboundToken().current)}\n`);
}

function read(env: NodeJS.ProcessEnv): { url: string; secrets: DerivedSecrets } {
  const given = { PUBLIC_URL: set(env['PUBLIC_URL']), SIDECAR_SECRET: set(env['SIDECAR_SECRET']) };
  const missing = Object.entries(given).filter(([, value]) => value === undefined);
  const parsed = needed.safeParse(given);
  if (parsed.success) {
    const { PUBLIC_URL: url, SIDECAR_SECRET: secret } = parsed.data;
    return { url, secrets: new DerivedSecrets(secret, null) };
  }
  const problems =
    missing.length > 0
      ? missing.map(([name]) => `${name} is not set.`)
      : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  throw new CodedError(
    'CONFIG_INVALID',
    `The address cannot be told:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    'Set PUBLIC_URL and SIDECAR_SECRET to what the service is started with.',
  );
}

/** What is set to nothing counts as not set, as for the service. */
function set(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}
