import Toast from 'lightning/toast';

export const ShowToastEventName = 'lightning__showtoast';

/** Dispatched by a component, shows a message over the page: `{ title, message, variant, mode, messageData }`. */
export class ShowToastEvent extends CustomEvent {
  constructor(config) {
    super(ShowToastEventName, {
      bubbles: true,
      composed: true,
      cancelable: true,
      // The toast container of the base components wants to be told which component a toast is.
      detail: { ...config, toast: Toast },
    });
    const { title, message, messageData, mode, variant } = config;
    this.toastAttributes = { title, message, messageData, mode, type: variant };
  }
}
