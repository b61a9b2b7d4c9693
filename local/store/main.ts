import { parseArgs } from 'node:util';
import { reportFailure } from '../shared/failure.ts';
import { stopSignal } from '../shared/stop-signal.ts';
import { wholeNumber } from '../shared/whole-number.ts';
import { newApplicationPassword, newKey } from './options.ts';
import type { Store } from './store.ts';
import { createStore } from './store.ts';

const usage = `Starts a WooCommerce store on this machine, with made-up data.

  npm run store -- [options]

  --port N           port to listen on (default 8095; 0 takes a free one)
  --host ADDRESS     address to listen on (default 127.0.0.1)
  --orders N         how many orders to generate (default 300)
  --seed N           another number gives other data (default 1)
  --profile NAME     mixed: every odd case, and the recorded orders; bench: plain orders only (default mixed)
  --time-zone NAME   the shop's time zone (default America/New_York)
  --site-url URL     the shop's own address, where it is reached by another name
  --folder PATH      a folder of the address below which the shop lies, such as /shop
  --lower-case-headers
                     names of headers as LiteSpeed sends them
  --plain-permalinks Settings › Permalinks is "Plain": nothing but redirects at /wp-json
  --production       WP_ENVIRONMENT_TYPE is production: application passwords count over https only
  --acf-hidden       the field groups of ACF have Show in REST API off, as new ones have
  --content-snippet  posts that are saved or deleted do woocommerce_sync_content, as the snippet of the handbook does
  --tls-proxy        believe X-Forwarded-Proto: https of a TLS proxy in front
  --allow-host HOST  a local host, with or without a port, that webhooks may be delivered to and images fetched
                     from; may be given several times. WordPress refuses local hosts otherwise
  --webhook-delay N  milliseconds that webhooks wait in the queue (default 100)
  --old-stock        as before WooCommerce 10.5: stock that an order takes moves no product's date
  --help

WOO_CONSUMER_KEY and WOO_CONSUMER_SECRET set the REST API key; otherwise a new one is made and printed.
WOO_APPLICATION_USER and WOO_APPLICATION_PASSWORD set the application password in the same way.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8095' },
      host: { type: 'string', default: '127.0.0.1' },
      orders: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      profile: { type: 'string', default: 'mixed' },
      'time-zone': { type: 'string', default: 'America/New_York' },
      'site-url': { type: 'string' },
      'allow-host': { type: 'string', multiple: true, default: [] },
      'webhook-delay': { type: 'string', default: '100' },
      'old-stock': { type: 'boolean', default: false },
      folder: { type: 'string', default: '' },
      'lower-case-headers': { type: 'boolean', default: false },
      'plain-permalinks': { type: 'boolean', default: false },
      production: { type: 'boolean', default: false },
      'content-snippet': { type: 'boolean', default: false },
      'acf-hidden': { type: 'boolean', default: false },
      'tls-proxy': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const store = createStore({
    orders: wholeNumber('--orders', values.orders, 1_000_000),
    seed: wholeNumber('--seed', values.seed, 2 ** 31 - 1),
    profile: profileOf(values.profile),
    timeZone: values['time-zone'],
    siteUrl: siteUrlOf(values['site-url']),
    tlsProxy: values['tls-proxy'],
    oldStock: values['old-stock'],
    folder: folderOf(values.folder),
    hosting: {
      lower_case_headers: values['lower-case-headers'],
      plain_permalinks: values['plain-permalinks'],
      production: values.production,
      content_snippet: values['content-snippet'],
      acf_hidden: values['acf-hidden'],
    },
    allowHosts: values['allow-host'].map(allowedHost),
    webhookDelayMs: wholeNumber('--webhook-delay', values['webhook-delay'], 3_600_000),
    credentials: {
      keys: [{ ...newKey(), ...keyFromEnvironment() }],
      applicationPasswords: [passwordFromEnvironment()],
    },
  });
  const url = await store.listen(wholeNumber('--port', values.port, 65_535), values.host);
  stopSignal().addEventListener('abort', () => {
    console.log('Stopping the store.');
    store.close().catch(reportFailure);
  });
  announce(url, store);
}

function announce(url: string, store: Store): void {
  const { consumerKey: key, consumerSecret: secret } = store;
  console.log(`WooCommerce store with ${store.shop.orders.size} orders: ${url}

  consumer key          ${key}
  consumer secret       ${secret}
  application user      ${store.applicationUser}
  application password  ${store.applicationPassword}   (for images and content: wp/v2)

See it:
  curl -s '${url}/wp-json/'
  curl -s '${url}/local/totals'

Over plain http WooCommerce takes signed requests only (OAuth 1.0a), as @woocommerce/woocommerce-rest-api
sends them. With --tls-proxy this works too:
  curl -s -u '${key}:${secret}' -H 'X-Forwarded-Proto: https' '${url}/wp-json/wc/v3/orders?per_page=1'

Ctrl-C stops it.`);
}

function profileOf(name: string): 'mixed' | 'bench' {
  if (name === 'mixed' || name === 'bench') {
    return name;
  }
  throw new Error(`--profile is "${name}": use mixed or bench.`);
}

function siteUrlOf(text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new Error(`--site-url is "${text}": give an address such as https://shop.example.`);
  }
  return text.replace(/\/+$/, '');
}

function folderOf(text: string): string {
  if (text === '' || /^(?:\/[\w-]+)+$/.test(text)) {
    return text;
  }
  throw new Error(`--folder is "${text}": give a path such as /shop.`);
}

function allowedHost(text: string): string {
  const url = `http://${text}`;
  if (!URL.canParse(url) || new URL(url).host !== text.toLowerCase()) {
    throw new Error(`--allow-host is "${text}": give a host such as 127.0.0.1 or 127.0.0.1:9001.`);
  }
  return text.toLowerCase();
}

function keyFromEnvironment(): { consumerKey?: string; consumerSecret?: string } {
  const { WOO_CONSUMER_KEY: consumerKey, WOO_CONSUMER_SECRET: consumerSecret } = process.env;
  if ((consumerKey === undefined) !== (consumerSecret === undefined)) {
    throw new Error('Set both WOO_CONSUMER_KEY and WOO_CONSUMER_SECRET, or neither.');
  }
  return consumerKey === undefined || consumerSecret === undefined
    ? {}
    : { consumerKey, consumerSecret };
}

function passwordFromEnvironment(): { user: string; password: string } {
  const { WOO_APPLICATION_USER: user, WOO_APPLICATION_PASSWORD: password } = process.env;
  if ((user === undefined) !== (password === undefined)) {
    throw new Error('Set both WOO_APPLICATION_USER and WOO_APPLICATION_PASSWORD, or neither.');
  }
  return user === undefined || password === undefined
    ? newApplicationPassword()
    : { user, password };
}

main().catch(reportFailure);
