/** What the parts of the phone have in common: the driver, the phone as it is now, the language. */

import { LitElement, type PropertyDeclarations } from 'lit';
import type { PhoneDriver } from '../browser/driver';
import type { Phone } from '../core/phone';
import type { Messages } from '../i18n/messages';

export abstract class PhonePart extends LitElement {
    static override properties: PropertyDeclarations = {
        driver: { attribute: false },
        phone: { attribute: false },
        t: { attribute: false },
    };

    declare driver: PhoneDriver;
    declare phone: Phone;
    declare t: Messages;
}

/** Defines an element once; a page that loads the phone twice gets one phone. */
export function define(tag: string, element: CustomElementConstructor): void {
    if (customElements.get(tag) === undefined) customElements.define(tag, element);
}
