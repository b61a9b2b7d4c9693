import { permanent, retry, setup, type Explanations } from './explanation.ts';

/** An image of the shop that could not become a file. The others did, and the shop keeps them all. */
export const IMAGES_BACK = {
  SHOP_IMAGE_HOST: setup(
    'An image of the shop lies on a host that nothing is fetched from.',
    'Add the host to Image Hosts of the Woo Store record (Setup › Custom Metadata Types › Woo Store), if it is yours.',
  ),
  SHOP_IMAGE_NOT_FETCHED: retry(
    'An image of the shop could not be fetched.',
    'Open the image in the media library of the shop, and upload it there again where it does not show. If it shows, let the sidecar through the firewall or the password in front of the shop, and put the shop on https.',
  ),
  SHOP_IMAGE_TOO_LARGE: permanent(
    'An image of the shop has too many bytes or pixels to be brought to Salesforce.',
    'Replace it in the shop by a smaller one: at most 10 MB and 10,000 pixels a side.',
  ),
  SHOP_IMAGE_TYPE: permanent(
    'What the shop shows as an image is none that is brought to Salesforce, or is cut off.',
    'Replace it in the shop by a JPEG, PNG, WebP or GIF.',
  ),
  SHOP_IMAGE_LEFT_OUT: permanent(
    'The product shows more images in the shop than the field in Salesforce has room for. The first ones were taken.',
    'Take images out of the product in the shop; or map a longer field, such as a long text area.',
  ),
  SHOP_IMAGE_NOT_SAVED: setup(
    'Salesforce refused to make a file of an image of the shop.',
    'See the reason: the integration user needs the permission set Woo_Integration, which lets it edit products, and the org room for files.',
  ),
} satisfies Explanations;
