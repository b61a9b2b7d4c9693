import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../../lib/sf.ts';

/** A file for the server, by its name. */
export interface ServerFile {
  readonly name: string;
  readonly text: string;
}

/** The project's own file with other parts. @throws Error where one of them is no longer in it */
function changed(file: string, parts: readonly (readonly [RegExp, string])[]): string {
  return parts.reduce(
    (text, [part, other]) => {
      if (!part.test(text)) throw new Error(`deploy/${file} has no ${part.source}.`);
      return text.replace(part, () => other);
    },
    readFileSync(join(root, 'deploy', file), 'utf8'),
  );
}

/** Where systemd keeps what only root may read, until the service has it. */
const ENV = '/etc/woo-salesforce.env';
const KEY = '/etc/woo-salesforce.key';

/** @param keyFile name of the private key in the same folder */
export const systemdUnit = (keyFile: string): ServerFile => ({
  name: 'woo-salesforce.service',
  text: changed('woo-salesforce.service', [
    [
      /^(?:#.*\n)+/,
      `# Made by npm run setup. The project is in /opt/woo-salesforce, with "npm ci --workspace sidecar --omit=dev".
#   sudo install -m 0600 .env ${ENV}
#   sudo install -m 0600 ${keyFile} ${KEY}
#   sudo cp woo-salesforce.service /etc/systemd/system/ && sudo systemctl enable --now woo-salesforce
`,
    ],
    [
      /^EnvironmentFile=.*$/m,
      `EnvironmentFile=${ENV}\n# The service has a user of its own, which cannot read the file.\nLoadCredential=jwt.key:${KEY}`,
    ],
    [
      /^ExecStart=/m,
      // What stands in the file of variables would win over Environment=.
      'ExecStart=/usr/bin/env SF_JWT_KEY_FILE=${CREDENTIALS_DIRECTORY}/jwt.key DATA_DIR=/var/lib/woo-salesforce ',
    ],
  ]),
});

/** @param keyFile name of the private key in the same folder */
export const composeFile = (keyFile: string): ServerFile => ({
  name: 'compose.yaml',
  text: changed('compose.yaml', [
    [
      /^#.*\n/,
      `# Made by npm run setup. Run "docker compose up -d --build" here. The user 1000 of the image reads the key file.\n`,
    ],
    [/build: \.\./, `build: ${root}`],
    [/environment:\n/, `environment:\n      SF_JWT_KEY_FILE: /run/secrets/jwt.key\n`],
    [/ {4}depends_on:/, `    secrets: [jwt.key]\n    depends_on:`],
    [/^volumes:/m, `secrets:\n  jwt.key:\n    file: ./${keyFile}\nvolumes:`],
    [/(?<=letters and digits in )deploy\/(?=\.env)/g, ''],
  ]),
});

/** What the reverse proxy passes on. @param publicUrl with the path in which the service is, where there is one */
export function proxySnippet(publicUrl: string): ServerFile {
  const { host, pathname } = new URL(publicUrl);
  const path = pathname.replace(/\/$/, '');
  const snippet = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8');
  return {
    name: 'nginx.conf',
    text: `# Made by npm run setup: into the server block of ${host}, which speaks TLS.\n${snippet.replaceAll(/^location /gm, () => `location ${path}`)}`,
  };
}
