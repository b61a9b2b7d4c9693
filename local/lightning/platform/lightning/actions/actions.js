const name = 'lightning__actionsclosescreen';

/** Dispatched by a component of a quick action, closes its window. */
export class CloseActionScreenEvent extends CustomEvent {
  constructor() {
    super(name, { bubbles: true, composed: true, cancelable: true });
  }
}

export { name as closeActionScreenEventName };
