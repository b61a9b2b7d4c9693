import { permanent, retry, setup, type Explanations } from './explanation.ts';

/** A record whose change in Salesforce goes to the shop. */
export const BOTH_WAYS = {
  CONFLICT_OPEN: permanent(
    'A field was changed in the shop and in Salesforce, to different values, and the mapping says that a person decides; or it differs, and the state that knew who has changed it was lost. Neither was overwritten.',
    'Set Resolution of this issue to "Take the Woo value" or "Take the Salesforce value"; or make both sides equal.',
  ),
  CONFLICT_DECIDED: permanent(
    'A field was changed in the shop and in Salesforce, to different values, or differs after the state was lost. The conflict rule of the mapping has decided, and the issue keeps both values.',
    'Nothing, if the right one won. Otherwise enter the other value again, on either side; or choose another conflict rule.',
  ),
  EDIT_NOT_SENT: permanent(
    "A person has changed a field in Salesforce that the mapping of the record's store does not send to its shop, though that of another store does.",
    'Enter it in the shop. To have such edits sent, let the mapping of the store and the field mapping go both ways, as docs/orders-back.md says.',
  ),
  EDIT_NOT_IN_SHOP: permanent(
    'A person has entered a value in Salesforce for the shop of one store, and that shop does not have the record, or has it in its trash. The value is in Salesforce alone.',
    'Restore it in that shop: the value goes there then. Where that shop is not to have it any more, empty the field in Salesforce. docs/stores.md says what shops share.',
  ),
  CONFLICT_OVER: permanent(
    'The conflict is over: a person has decided, both sides hold the same, one of them holds again what both held before, or the field is not compared any more.',
    'Nothing. Where the wrong value won, enter the other one again, on either side.',
  ),
  SHOP_REFUSED: permanent(
    'The shop refused what Salesforce wanted to change. Nothing of that change was taken.',
    'Correct the field that the reason names in Salesforce, or in the shop; or set Resolution of this issue to "Take the Woo value", which takes the edit back.',
  ),
  SHOP_WRITE_REFUSED: setup(
    'The shop does not let the key change its products. All that only reads goes on, and the edit in Salesforce waits.',
    'Give the key of the shop the permissions Read/Write (WooCommerce › Settings › Advanced › REST API) and its user the role Shop manager; or set the direction of the field mappings to to_salesforce, where nothing is to go to the shop. It is tried again every hour.',
  ),
  CREATE_SKU_TAKEN: permanent(
    'The shop has a product with this SKU that belongs to another Salesforce record.',
    'Give one of the two another SKU; or merge the two records in Salesforce.',
  ),
  CREATE_LEFT_OUT: permanent(
    'The shop made a product or an order of the record, but the mapping leaves it out: its condition is not met, or On Create is off. Nothing of it comes to Salesforce, and no second one is made.',
    'Widen the condition of the mapping, and save the record; or delete what was made in the shop, and the record.',
  ),
  CREATE_NOT_SEEN: permanent(
    'An attempt to make the record in the shop had no answer, and a product or an order of the shop that cannot be read for its size may be what was made. So that there are not two, none is made; other records go on.',
    'Make it smaller in the shop, or set the route of the store to direct; then give the command retry. Else look at its custom fields in the shop: if one has the id of this record, write the key that the reason names into Woo Key of the record; if none has, replace the record by a new one.',
  ),
  DRAFT_LINES: permanent(
    'A draft order has no lines, or lines that the shop could not sell: without a product, with one that is not in that shop, or with a quantity that is no whole number from 1 on. Nothing was sent.',
    'Empty Status of the order, correct the lines that the reason names, and set Status again. The mapping of order items must map order_id, product and quantity.',
  ),
  DRAFT_BUYER: permanent(
    'A draft order names a customer whom the shop does not have any more, or has an address that the shop would keep without being able to use it. Nothing was sent.',
    'Correct the field that the reason names, or choose another contact, and save the order.',
  ),
  DRAFT_STORE: permanent(
    'A draft order does not say in which shop it is to be made, or names none that makes orders. Nothing was sent.',
    'Write the key of one of the stores that the reason names into Store, and save the order.',
  ),
  DRAFT_CHANGED: permanent(
    'Lines of a draft order, or fields that the shop leads once it has made the order, were changed in Salesforce while it was being sent. The shop has it as it was before, and nothing of the change; those fields have the value of the shop again.',
    'Change the order in the shop, which gives its fields to Salesforce; for another Store cancel it there and make a new draft. Then delete the lines without a Woo Key in Salesforce, and set State of this issue to ignored.',
  ),
} satisfies Explanations;

/** An image that could not be brought to the shop. Text and other images are not affected. */
export const IMAGES = {
  IMAGE_ID: permanent(
    'A field for images holds something that is no id of a file. The other ids in it were taken.',
    'Open the file in Salesforce and copy the part of its address that begins with 069; or take the wrong piece out.',
  ),
  IMAGE_NOT_VISIBLE: retry(
    'The file was deleted in Salesforce, or the integration user may not see it. The image in the shop stays.',
    'Add the file to the product record (Files, Add Files), or take its id out of the field. The permission Query All Files lets the integration user see every file.',
  ),
  IMAGE_TOO_LARGE: permanent(
    'The image has too many bytes or pixels for a shop.',
    'Upload a smaller version of the file: at most 10 MB and 10,000 pixels a side.',
  ),
  IMAGE_TYPE: permanent(
    'The file is no image that a shop takes, whatever its name says.',
    'Save it as JPEG, PNG, WebP or GIF and upload that as a new version of the file.',
  ),
  IMAGE_EMPTY: permanent(
    'The file has no bytes, or is cut off.',
    'Upload it again as a new version of the file.',
  ),
  IMAGE_REFUSED: retry(
    'The shop refused the image. Text and other images were taken.',
    'See whether the shop can reach the public address of the sidecar, and whether its media library takes such images by hand.',
  ),
  IMAGE_UNANSWERED: retry(
    'The shop did not answer when it was given an image, and answers otherwise. Text and other images were taken.',
    'Wait: it is looked up in the shop before the next attempt. If it stays, look into the error log of the shop: PHP often runs out of memory or time over large images; upload a smaller version of the file.',
  ),
  IMAGE_NO_WAY: permanent(
    'Nothing can bring new images to the shop: it cannot reach the sidecar, and the sidecar has no application password for its media library.',
    'Set PUBLIC_URL and SIDECAR_SECRET; or, on the direct route, an application password of a WordPress user (docs/images.md).',
  ),
  IMAGE_VARIATION: permanent(
    'A variation has one image only, so its gallery field has nowhere to go.',
    'Empty the gallery field of the variation, or give the images to its product.',
  ),
} satisfies Explanations;
