import { describe, expect, it } from 'vitest';
import { NUMBER_LENGTH_MAX, cleanNumber } from './number';

describe('what was typed or pasted becomes what is dialled', () => {
    it.each([
        ['600', '600'],
        ['  +7 (495) 123-45-67 ', '+74951234567'],
        ['8.495.123–45—67', '84951234567'],
        ['8\u00a0495\u202f123\u200b45\u206967', '84951234567'],
        ['tel:+1-202-555-0143;ext=5', '+12025550143'],
        ['callto://+12025550143', '+12025550143'],
        ['12+34', '1234'],
        ['*72#', '*72#'],
        ['agent0002', 'agent0002'],
        ['Анна', 'Анна'],
        ['sip:1002@pbx.example;transport=ws?x=y', '1002@pbx.example'],
        ['SIP:anna.k-1@[2001:db8::1]:5060', 'anna.k-1@[2001:db8::1]:5060'],
        ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
        ['６００', '600'],
        ['𝟔𝟎𝟎', '600'],
        ['', ''],
        [' - ( ) ', ''],
        ['@host', 'host'],
    ])('%j is dialled as %j', (typed, dialled) => {
        expect(cleanNumber(typed)).toBe(dialled);
    });

    it('lets through nothing that could end a line or a header of a SIP message', () => {
        expect(cleanNumber('600\r\nVia: x <a>"b"%0d')).toBe('600Viaxab0d');
        expect(cleanNumber('a b<@ho st>\r\n')).toBe('ab@host');
    });

    it(`keeps at most ${NUMBER_LENGTH_MAX} characters`, () => {
        expect(cleanNumber('1'.repeat(1_000_000))).toHaveLength(NUMBER_LENGTH_MAX);
    });
});
