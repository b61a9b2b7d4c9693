import type { Assumption } from '../../model/assumption.ts';

const READS = 'sidecar/src/woo/content';
const RECORDED = 'Recorded from WordPress 6.8';
const RECORDINGS = 'local/store/recordings/wordpress';

/** WordPress itself, beside WooCommerce. */
export const CONTENT: readonly Assumption[] = [
  {
    id: 'content-types',
    statement:
      '`wp/v2/types` and `wp/v2/taxonomies` name `rest_base` and `rest_namespace` of each type with `show_in_rest`, to every user',
    places: [`${READS}/content-types.ts`],
    source: `${RECORDED}: \`types/subscriber.json\`, \`types/stranger.json\` and \`taxonomies/stranger.json\` in ${RECORDINGS}`,
  },
  {
    id: 'content-modified-after',
    statement:
      '`modified_after` of post types takes a second with the suffix `Z` for GMT, whatever the time zone of the site',
    places: [`${READS}/content-format.ts`],
    source: `${RECORDED}, on a site in New York: \`posts/modified-after-z-1s-before.json\` has the post, \`posts/modified-after-z.json\` with its own second has not, in ${RECORDINGS}`,
  },
  {
    id: 'content-offset',
    statement:
      'Lists of posts and users take `offset` beyond their end and answer an empty list; those of terms in a hierarchy know `page` alone, also beyond the end',
    places: [
      'sidecar/src/sync/reconcile/whole-lists.ts',
      'sidecar/src/woo/content/content-store.ts',
    ],
    source: `${RECORDED}: \`posts/offset-beyond.json\`, \`users/page-beyond.json\` and \`terms/page-beyond.json\` in ${RECORDINGS}; \`offset\` is a parameter of users, and of terms without a hierarchy alone, in the source of \`WP_REST_Users_Controller\` and \`WP_REST_Terms_Controller\``,
  },
  {
    id: 'content-gone',
    statement:
      'A draft, a trashed post and one that never was are answered 401, 403, 404 or 410 to a user without rights, with a code of WordPress',
    places: [`${READS}/content-answer.ts`],
    source: `${RECORDED}: \`posts/one-draft-*.json\`, \`posts/one-trash-*.json\` and \`posts/one-unknown-*.json\` in ${RECORDINGS}`,
  },
  {
    id: 'content-credential',
    statement:
      'A named credential whose external credential has the protocol Basic sends an application password with its blanks, as WordPress shows it',
    places: ['config/org/main/default/externalCredentials', `${READS}/content-store.ts`],
    person:
      'Put user and application password into the principal `Woo_Content` of `Woo_Store_Content`, map a page, and run `npx --no -- woo-salesforce check`: it must not say `CONTENT_REFUSED`.',
  },
  {
    id: 'content-action',
    statement:
      'A webhook with the topic `action.woocommerce_sync_content` sends the first argument of `do_action` as `arg`, when the action was fired by `save_post`',
    places: ['sidecar/src/sync/detect/webhook-topics.ts'],
    person:
      'Put the lines of docs/content.md into the shop, map pages in real time, and edit a page: it must be in Salesforce before the next sweep.',
  },
  {
    id: 'content-acf',
    statement: 'ACF shows the fields of a group with _Show in REST API_ as `acf` by their names',
    places: ['docs/content.md'],
    person:
      'With ACF in the shop, look at a record of such a type at `/wp-json/wp/v2/`: `acf` must hold the fields.',
  },
  {
    id: 'content-acf-hidden',
    statement:
      'ACF shows `acf` as an empty list for records of which no field group has _Show in REST API_ on',
    places: ['sidecar/src/diagnostics/check/custom-fields.ts'],
    person:
      'Switch _Show in REST API_ off in the field groups of a type, and look at a record of it at `/wp-json/wp/v2/`: `acf` must be `[]`.',
  },
  {
    id: 'content-attribute-values',
    statement:
      'The filter `woocommerce_taxonomy_args_pa_<slug>` decides whether WordPress shows the values of an attribute in its REST API; WooCommerce itself does not show them',
    places: ['docs/content.md', `${READS}/content-types.ts`],
    person:
      'Put the line of docs/content.md into the shop, for an attribute that it has, and look for its name at `/wp-json/wp/v2/taxonomies`.',
  },
];
