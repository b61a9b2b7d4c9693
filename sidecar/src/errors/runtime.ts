import { config, retry, setup, usage, type Explanations } from './explanation.ts';

/** What keeps the sidecar or one of its commands from running. */
export const COMMANDS = {
  CONFIG_INVALID: config(
    'Environment variables are missing, or hold something that cannot be right. The message lists each of them.',
    'Set the variables that it lists and start again.',
  ),
  DEPLOY_SHARING_DIFFERS: config(
    'A deploy would change who sees the records of an object, against what its admin has set in the org. Nothing is deployed.',
    'Write the sharing model of the org into the file of the object that the message names, and deploy again; or change it in Setup › Sharing Settings first.',
  ),
  CONFIG_STORE_KEYS_MISSING: config(
    'A store is reached directly, and the environment holds no keys for it.',
    'Make a REST API key in the shop (WooCommerce › Settings › Advanced › REST API) and put it in the two variables that the message names; or set the route of the store to the named credential.',
  ),
  CONFIG_STORE_KEYS_SHARED: setup(
    'Two stores on the direct route have keys that lead to the same environment variables, such as my-shop and my_shop: one of them would be asked with the keys of the other. These stores are held, and the others go on.',
    'Give one of them a key that differs in its letters or digits, if no record carries it yet; else set its route to the named credential, or deactivate it.',
  ),
  STORE_UNKNOWN: config(
    'The org has no active store, or none with the key that was asked for.',
    'See Setup › Custom Metadata Types › Woo Store: the key of the store, and whether it is active.',
  ),
  STORE_INACTIVE: setup(
    'A store that was synced is deactivated. Nothing of it is read or written any more; what was synced stays.',
    'Nothing has to be done. To sync it again, set Active of its Woo Store (Setup › Custom Metadata Types).',
  ),
  STORE_KEY_INVALID: setup(
    'The key of a store holds something else than letters, digits, hyphens, dots and underscores: the keys of its records could not be read again, or no environment variable can be named after it. The store is held, and the others go on.',
    'Correct the key in Setup › Custom Metadata Types › Woo Store, such as my-shop, as long as no record carries the one that is there.',
  ),
  STORE_BUDGET_NONE: setup(
    'The Woo Store gives the store no API calls: its Daily API Calls or Daily API Share is 0. Nothing of it is read or written; other stores go on.',
    'Raise or clear the field. To stop a store for good, uncheck Active.',
  ),
  STORE_BUDGET_INVALID: setup(
    'Daily API Calls or Daily API Share of the Woo Store is no number of calls, or no share of 100. The store is held, and the others go on.',
    'Put a whole number of calls into Daily API Calls, or a number from 0 to 100 into Daily API Share; clear both to set no limit.',
  ),
  STORE_SOURCE_OTHER: setup(
    'Webhooks with the secret of the store come from another address than the one that its shop calls its own: from a copy of it, such as a staging site. They are refused (410), and the copy disables them after seven. This is said for a day after the last one.',
    'Delete the webhooks "Salesforce sync" of the copy (WooCommerce › Settings › Advanced › Webhooks), and the REST API key that was copied along. To sync the copy too, give it a Woo Store with another Key.',
  ),
  STORE_SHOP_MOVED: setup(
    'The shop calls itself by another address than its Woo Store has. Its events are taken all the same.',
    'If that is its new address, put it into Shop Address of the Woo Store and the URL of its named credential, and give the command Adopt for the store; if it has two addresses, give the command alone.',
  ),
  STORE_KEY_TWICE: setup(
    'Two stores have the same key, so that their records would overwrite each other.',
    'Give each store a key of its own, and never change one that records carry already.',
  ),
  MAPPINGS_MISSING: config(
    'The org has no active mapping, or none that the integration user may see.',
    'Deploy config/org, or activate a mapping in Setup › Custom Metadata Types › Woo Mapping.',
  ),
  RESOURCE_UNKNOWN: usage(
    'What was to be explained is no kind of record that can be.',
    'Ask for an order, refund, product, variation or customer; the items of an order are explained with it.',
  ),
  MEDIA_NO_PASSWORD: usage(
    'The images of a shop cannot be listed, for the sidecar has no way into its media library.',
    'Give it an application password of a WordPress user with the role Shop manager or Administrator: docs/images.md says how. The store must be on the direct route.',
  ),
  RECORD_ID_INVALID: usage(
    'What was given is not the id of a record in WooCommerce.',
    'Give the number that the shop shows; for a guest, the word guest, a colon and the e-mail address.',
  ),
  RECORD_NOT_FOUND: usage(
    'The shop has no such record.',
    'Check the id and the key of the store. What was deleted for good cannot be explained.',
  ),
  FAILED_BEFORE: usage(
    'A backfill was stopped and went on where it had stopped, behind records that had failed.',
    'Run the backfill once more: it starts anew, tries those again and names them.',
  ),
  GOLDEN_NONE: usage(
    'The folder holds no golden orders to test the mappings with.',
    'Record one from a live record, or name another folder.',
  ),
  GOLDEN_EXISTS: usage(
    'There is a golden order of that name already.',
    'Choose another name, or delete the file first.',
  ),
  GOLDEN_RECORD_WHAT: usage(
    'A golden order is to be recorded, and it is not said of which record.',
    'Name the store, the kind of record and its id, and a name for the file.',
  ),
  GOLDEN_INVALID: usage(
    'A file is not a golden order that can be read.',
    'Correct it as the message says, or record it again.',
  ),
} satisfies Explanations;

/** The server that takes the events of the shops. */
export const SERVER = {
  LISTEN_PORT_TAKEN: config(
    'Something listens already on the port that the sidecar is to listen on.',
    'Stop it, or put another port in PORT.',
  ),
  LISTEN_PORT_FORBIDDEN: config(
    'The user that the sidecar runs as may not listen on the port.',
    'Put a port from 1024 up in PORT, and let a reverse proxy pass requests on to it.',
  ),
  LISTEN_HOST_UNKNOWN: config(
    'The machine does not have the address that the sidecar is to listen on.',
    'Put 127.0.0.1 in HOST for a reverse proxy on the same machine, or 0.0.0.0 for all its addresses.',
  ),
} satisfies Explanations;

/** The state: what is known of records that were synced, and the work that waits. */
export const STATE = {
  STATE_LOCKED: config(
    'Another process works with the same directory for the state.',
    'Stop the other one, choose another directory, or keep the state in PostgreSQL, where any number of processes share the work.',
  ),
  STATE_NOT_PRIVATE: config(
    'Every user of the machine may write in the directory of the state, which holds data of customers, and this user may not change that.',
    'Put a directory in DATA_DIR that only the user of the sidecar may write, or take the rights of others away as its owner.',
  ),
  STATE_UNREACHABLE: retry(
    'The directory or the database of the state cannot be used: it does not answer, or refuses us.',
    'Check the address, password and rights that the message names. Nothing is lost: shops are asked for what they could not deliver.',
  ),
  STATE_UNREADABLE: config(
    'The directory of the state is damaged, or was written by another version of PostgreSQL.',
    'Move it away and start again. Nothing in it is the only copy: it is built anew from both sides.',
  ),
  STATE_NOT_OPENED: config(
    'The directory of the state cannot be opened, for a reason that does not come from damage.',
    'Correct what the message names, and start again. Keep the directory.',
  ),
  STATE_OTHER_ORG: config(
    'The state was made with another org than the one that the sign-in leads to, such as the sandbox before production.',
    'Start with an empty state: it is built anew from both sides. Or sign in to the org that it belongs to.',
  ),
  STATE_TOO_NEW: config(
    'The state was written by a newer version of the sidecar than this one.',
    'Start the newer version, or an empty state: it is built anew from both sides.',
  ),
  STATE_FAILED: retry(
    'The queue of waiting work cannot be read or written.',
    'Look into the log of the database: it may be out of space, or out of reach. Nothing is lost: what waits is kept, and shops are asked for the rest.',
  ),
  STATE_DEADLINE: retry(
    'A batch of changes took so long that it was given up. It is tried again.',
    'See whether the shop and Salesforce answer slowly.',
  ),
} satisfies Explanations;
