import { parseArgs } from 'node:util';
import { reportFailure } from '../shared/failure.ts';
import { stopSignal } from '../shared/stop-signal.ts';
import { wholeNumber } from '../shared/whole-number.ts';
import { createHost, type HostOptions } from './host.ts';

const usage = `Shows the Lightning components in a browser, against an org.

  npm run lightning -- --token TOKEN [--org http://127.0.0.1:8090] [--port 8096] [--language en_US]
                       [--time-zone UTC] [--currency USD] [--component wooOrderItems]

  --token      access token of the user whose rights count; the local org prints its administrator's
  --org        address of the org
  --port       where it listens, on this machine only; 0 takes a free one
  --language   en_US or a language with a translation, such as ja; ?language= changes it for a page
  --time-zone  of dates, such as Asia/Tokyo
  --currency   of the org
  --component  builds only this component, once for each; all when left out
`;

interface Settings {
  readonly port: number;
  readonly host: HostOptions;
}

/** @returns undefined when only the usage was asked for */
function readSettings(args: readonly string[]): Settings | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      token: { type: 'string' },
      org: { type: 'string', default: 'http://127.0.0.1:8090' },
      port: { type: 'string', default: '8096' },
      language: { type: 'string', default: 'en_US' },
      'time-zone': { type: 'string', default: 'UTC' },
      currency: { type: 'string', default: 'USD' },
      component: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.token === undefined) {
    throw new Error('--token is missing: give an access token, which "npm run org" prints.');
  }
  return {
    port: wholeNumber('--port', values.port, 65_535),
    host: {
      org: values.org,
      token: values.token,
      language: values.language,
      timeZone: values['time-zone'],
      currency: values.currency,
      ...(values.component === undefined ? {} : { components: values.component }),
      report: (line) => {
        console.error(line);
      },
    },
  };
}

async function start({ port, host: options }: Settings): Promise<void> {
  const host = createHost(options);
  const url = await host.listen(port);
  stopSignal().addEventListener('abort', () => {
    host.close().catch(reportFailure);
  });
  console.log(`Lightning host: ${url}  (stop with Ctrl+C)

  A component alone: ${url}/host/component/NAME?recordId=…
  Calls to the org so far: ${url}/local/requests
`);
}

try {
  const settings = readSettings(process.argv.slice(2));
  if (settings) await start(settings);
  else console.log(usage);
} catch (error) {
  reportFailure(error);
}
