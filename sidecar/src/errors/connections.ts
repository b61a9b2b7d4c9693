import { limit, login, permanent, retry, setup, type Explanations } from './explanation.ts';

/** The org as a whole. */
export const ORG = {
  SF_UNREACHABLE: retry(
    'Salesforce does not answer at its address: the name is not known, nothing listens there, or the way is cut.',
    'Check the address of the org in the configuration, and that this machine may reach it. Work waits meanwhile.',
  ),
  SF_UNAVAILABLE: retry(
    'Salesforce answers that it cannot work at the moment.',
    'Wait, and look at status.salesforce.com for the instance of the org. Work waits meanwhile.',
  ),
  SF_READ_ONLY: retry(
    'Salesforce shows the records of the org and lets nothing be written, as while its instance is moved or maintained.',
    'Nothing is lost: work goes on when the maintenance is over. See status.salesforce.com for the instance of the org.',
  ),
  SF_UNEXPECTED_ANSWER: retry(
    'What answers in place of Salesforce does not speak as Salesforce does: often a proxy, a login page or maintenance.',
    'Check that the address is the My Domain address of the org, and that nothing on the way answers in its place.',
  ),
  SF_LIMIT_EXCEEDED: limit(
    'The org has used up a limit: API requests of 24 hours, requests at a time, or storage.',
    'Nothing is lost: work goes on when the limit resets. See Setup › System Overview for what uses it, or raise it.',
  ),
  SF_CALLS_LOW: limit(
    'Less than a tenth of the API requests of the org is left for these 24 hours. The sync goes on until the last twentieth.',
    'See Setup › System Overview for what uses them, or raise the limit; put off what can wait, such as a backfill.',
  ),
  SF_RESERVE_REACHED: limit(
    'Only the last API requests of the org are left for these 24 hours, and the sidecar leaves them to others.',
    'Nothing is lost: work goes on when requests are free again. See Setup › System Overview for what uses them.',
  ),
  SF_BUDGET_LOW: limit(
    'A store has used 70 % of the API calls that its Woo Store gives it for the day. Sweeps and backfills wait until the next day of UTC; changes go on.',
    'Nothing has to be done. If it comes every day, raise Daily API Calls or Daily API Share of the Woo Store, or see docs/operate.md for what uses them.',
  ),
  SF_BUDGET_REACHED: limit(
    'A store has used 90 % of the API calls that its Woo Store gives it for the day, or all but what the coming night needs. Changes wait too, until the last hour of the day of UTC for calls that are left then, else until the next day; the night and the sign of life still have calls.',
    'Nothing is lost: what waits goes on by itself on the next day. If it comes every day, raise Daily API Calls or Daily API Share of the Woo Store.',
  ),
  SF_BUDGET_WAITS: limit(
    'Work would take more API calls than the Woo Store gives for the day, or than are left for work of its kind.',
    'Nothing is lost: it goes on by itself on the next day of UTC, or when Daily API Calls or Daily API Share of the Woo Store is raised.',
  ),
  SF_SIGN_IN_REFUSED: login(
    'Salesforce does not let the sidecar sign in.',
    'Correct what the message names: the external client app, its user, its secret or its certificate. A user that Salesforce has frozen, as it does where connections come from an address of high risk, is unfrozen in Setup › Users; no API tells the service.',
  ),
  CHECK_CERTIFICATE_ENDS: setup(
    'The certificate by which Salesforce knows the key of the sign-in ends within sixty days, or has ended.',
    'Make a new pair with npm run setup, and start the service with it: docs/connect.md says how.',
  ),
  SF_SESSION_REFUSED: login(
    'Salesforce gives out a session and then does not accept it, also after another sign-in.',
    'Check that the integration user has the permission API Enabled, and the IP ranges and session policies of its profile and of the external client app.',
  ),
  SF_REFUSED: setup(
    'Salesforce refuses a whole call, whatever the records in it.',
    'Deploy force-app in the version of this sidecar, and assign the permission set Woo_Integration to the integration user.',
  ),
  SF_QUERY_REFUSED: setup(
    'Salesforce refuses a question: it names an object or a field that the integration user may not read.',
    'Assign the permission set Woo_Integration, and grant read on the fields that mappings match by or write when empty.',
  ),
  SF_NOT_DEPLOYED: setup(
    'The custom metadata that holds stores and mappings cannot be read from the org.',
    'Where the message names a column, run npm run deploy -- --upgrade: the metadata is older than the service. Else run npm run setup, or install the package, which must have no namespace (docs/package.md), and assign the permission set Woo_Integration to the integration user.',
  ),
} satisfies Explanations;

/** A shop as a whole, and the way to it through the org. */
export const SHOP = {
  WOO_UNREACHABLE: retry(
    'The shop does not answer at its address.',
    'Check that the shop is up, that its address is right, and that no firewall keeps the sidecar or Salesforce out. Work waits meanwhile.',
  ),
  WOO_UNAVAILABLE: retry(
    'The shop answers that it cannot work at the moment, or that it is asked too often.',
    'Wait; if it stays, look into the error log of the shop, and at the rate limits of its firewall and hosting.',
  ),
  WOO_UNEXPECTED_ANSWER: retry(
    'Something else than WooCommerce answers: a maintenance page, a firewall, a cache, a redirect, or a plugin that prints warnings into the API.',
    'Open the address of the shop in a browser, and correct what the message names.',
  ),
  WOO_NOT_FOUND: setup(
    'There is a web site at the address of the shop, but no WooCommerce list.',
    'Check the URL of the store, that WooCommerce is active and up to date, and that Settings › Permalinks of the shop is not Plain.',
  ),
  WOO_KEY_REFUSED: setup(
    'The shop does not accept the key, or the key may not do what the mappings ask.',
    'Make a REST API key of a shop manager with the permissions Read/Write (WooCommerce › Settings › Advanced › REST API), and enter it where the message says.',
  ),
  WOO_REFUSED: setup(
    'The shop refuses a call that WooCommerce should take, and without which the store cannot be kept in step; the message names it.',
    'Update WooCommerce; where it is up to date, report the message as a bug.',
  ),
  WOO_REQUEST_REFUSED: setup(
    'The shop, or the gateway in Salesforce, refuses a request that was for this record or this list alone. All else of the store goes on.',
    'Correct what the message names: a box Active, a right of the key, or a firewall or plugin of the shop; where the gateway refuses it though all is active, deploy force-app in the version of this sidecar. It is tried again every hour, and at once by the command retry.',
  ),
  WOO_OUTCOME_UNKNOWN: retry(
    'The shop did not answer to a call that must not be repeated, so what was asked may be done or not.',
    'Nothing: the shop is searched before the next attempt. If it stays, look into the error log of the shop and its web server.',
  ),
  MEDIA_REFUSED: setup(
    'The media library of the shop does not let the sidecar in, so images cannot be uploaded to it. All else of the shop goes on.',
    'Correct what the message names: the application password, its user (role Shop manager or Administrator), or https.',
  ),
  CONTENT_REFUSED: setup(
    'WordPress does not show content that is mapped: the application password is wrong, or its user lacks a right. All else of the shop goes on.',
    'Correct what the message names: the application password, or the role of its user (docs/content.md says which right shows what). Then give the command sync, or a backfill.',
  ),
  CONTENT_TYPE_UNKNOWN: setup(
    "The shop's WordPress does not show content of the type that a mapping names. All else of the shop goes on.",
    'Correct the Content Type of the mapping, or let the plugin or theme that makes the type show it in the REST API (show_in_rest). Then give the command backfill.',
  ),
  LIST_BROKE: retry(
    'Looking for changes in a list of the shop broke off by an error that the sidecar does not know. Other lists go on, and the list is read again from where it was.',
    'It is tried again by itself. If it stays, look into the log of the sidecar, which names the place, and report it.',
  ),
  WOO_URL_INVALID: setup(
    'The store has no key, or no address that can be used.',
    'Correct Key and URL in Setup › Custom Metadata Types › Woo Store: the address begins with https and has no slash at its end.',
  ),
  STORE_CREDENTIAL_SHARED: setup(
    'Two stores with different addresses have the same named credential, which leads to one shop. The store that is not that shop is not synced, so that records of one are not written as those of the other; the other store goes on.',
    'Give the store a named credential of its own, with the URL and the key of its shop, put its name into Named Credential of the Woo Store, and give the command Reload.',
  ),
  STORE_URL_CHANGED: setup(
    'The Woo Store has another URL than the one that was loaded. Another shop has other records under the same ids, so nothing of the store is synced; other stores go on.',
    'If it is the same shop under a new address, put that into its named credential too, where it has one, and give the command Adopt, or start with STORE_MOVED, as the message has it. If it is another shop, give it a Woo Store with another Key. If the old URL is right, put it back.',
  ),
  WOO_ANSWER_TOO_LARGE: permanent(
    'A single record of the shop is larger than Salesforce can pass on.',
    'Set the route of the store to direct, so that the sidecar asks the shop itself; or remove what makes the record so large, often a custom field of a plugin.',
  ),
  WOO_BODY_TOO_LARGE: permanent(
    'What is to be written of a single record is larger than Salesforce can pass on to the shop (1 MB).',
    'Shorten its long texts in Salesforce, or set the route of the store to direct, so that the sidecar asks the shop itself.',
  ),
  WOO_GATEWAY_FAILED: permanent(
    'The Apex class that calls the shop broke off at this record, and says with which exception and where. Salesforce and the shop are well, and other records go on.',
    'Report it as a bug with the message; meanwhile set the route of the store to direct, so that the sidecar asks the shop itself. The record is tried again when it changes, and by the command retry.',
  ),
  WOO_STORE_NOT_SET_UP: setup(
    'The gateway in Salesforce does not know the store, or has no named credential for it.',
    'See Setup › Custom Metadata Types › Woo Store: Key, Active and Named Credential.',
  ),
  WOO_CREDENTIAL_REFUSED: setup(
    'Salesforce may not use the credential that holds the keys of the shop, or it is empty.',
    'Put the keys into the external credential, and see that the integration user has the permission set that grants its principal: Woo_Store_Keys for the first store.',
  ),
  WOO_GATEWAY_MISSING: setup(
    'The org does not have the Apex class that calls the shop.',
    'Deploy force-app, or set the route of the store to direct.',
  ),
  WOO_GATEWAY_FORBIDDEN: setup(
    'The integration user may not use the Apex class that calls the shop.',
    'Assign the permission set Woo_Integration to the integration user.',
  ),
  WOO_GATEWAY_REFUSED: setup(
    'The gateway in Salesforce refuses a call without which the store cannot be kept in step; the message names it. It lets pass only what this project needs, and webhooks only to the Service URL of the store.',
    'For webhooks enter PUBLIC_URL of the service as Service URL in Setup › Custom Metadata Types › Woo Store; for anything else deploy force-app in the version of this sidecar.',
  ),
  WOO_GATEWAY_UNEXPECTED: setup(
    'The gateway in Salesforce answers in a way that this version of the sidecar does not know.',
    'Deploy force-app in the version of this sidecar.',
  ),
} satisfies Explanations;
