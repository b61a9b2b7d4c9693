import { LightningElement, api } from 'lwc';

/** Stands in for a page that cannot be shown. */
export default class Message extends LightningElement {
  @api heading;
  @api text;
  @api iconName = 'utility:info';
}
