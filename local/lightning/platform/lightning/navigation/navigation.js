import { currentReference, navigate, onNavigate, urlOf } from 'platform/router';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

/** Gives a component `this[NavigationMixin.Navigate](pageReference)` and `[NavigationMixin.GenerateUrl]`. */
export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](reference, replace) {
      navigate(reference, replace);
    }

    async [GenerateUrl](reference) {
      return urlOf(reference);
    }
  };

NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

/** Wire that gives the page reference of the page that is shown. */
export class CurrentPageReference {
  constructor(emit) {
    this.emit = emit;
  }

  connect() {
    this.forget = onNavigate(this.emit);
    this.emit(currentReference());
  }

  update() {}

  disconnect() {
    this.forget();
  }
}
