import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseImageIds } from '../../../src/mapping/to-woo/image-ids.ts';

// By hand: the last five, BcDeF, have capitals in the places 1, 3 and 5, so 1 + 4 + 16 = 21, which is V.
const A15 = '069000000aBcDeF';
const A18 = '069000000aBcDeFAAV';
const B18 = '069000000000001AAA';
const C18 = '069000000000002AAA';

const gallery = (text: unknown) => parseImageIds(null, text);
const said = (text: string) =>
  gallery(text)
    .problems.map(({ message }) => message)
    .join(' | ');

describe('ids of files', () => {
  it.each([
    ['of 18 characters', A18, [A18]],
    ['of 15 characters', A15, [A18]],
    ['in small letters throughout, as a spreadsheet leaves them', A18.toLowerCase(), [A18]],
    ['in capitals throughout', A18.toUpperCase(), [A18]],
    [
      'divided by semicolons, blanks, commas and lines',
      `${A15}; ${B18},${C18}\r\n`,
      [A18, B18, C18],
    ],
    ['with nothing between two semicolons', `;;${B18};;${C18};`, [B18, C18]],
    ['given twice, in both forms', `${A15};${B18};${A18}`, [A18, B18]],
    ['in no text at all', null, []],
    ['in an empty text', ' ', []],
  ])('%s', (_, text, expected) => {
    expect(gallery(text)).toEqual({ featured: null, gallery: expected, problems: [] });
  });

  it.each([
    `https://x.lightning.force.com/lightning/r/ContentDocument/${A18}/view`,
    `https://x.my.salesforce.com/sfc/servlet.shepherd/document/download/${A15}`,
    `/lightning/r/ContentDocument/${A18}/view?ws=%2Flightning%2Fr%2FProduct2%2F01t000000000001AAA%2Fview`,
    `https://x.lightning.force.com/lightning/page/filePreview?recordIds=${B18},${A18}&selectedRecordId=${A18}`,
    `https://x/lightning/page/filePreview?recordIds=${B18}%2C${A18}&selectedRecordId=${A18}`,
    `https://x.my.salesforce.com/${A15}`,
  ])('in the address %s', (address) => {
    expect(gallery(address)).toEqual({ featured: null, gallery: [A18], problems: [] });
    expect(gallery(`${B18};${address}`).gallery).toEqual([B18, A18]);
    expect(gallery(`${address},https://x/lightning/r/ContentDocument/${C18}/view`).gallery).toEqual(
      [A18, C18],
    );
  });

  it.each([
    ['068000000000001AAA', /"068000000000001AAA", the id of a version of a file: .*069/],
    ['https://x/sfc/servlet.shepherd/version/download/068000000000001', /id of a version/],
    ['00P000000000001AAA', /an attachment/],
    ['01t000000000001AAA', /the id of a product/],
    ['a0B000000000001AAA', /no id of a file \(those begin with 069\)/],
    ['069000000000', /has 12 characters, and ids have 15 or 18/],
    ['069000000000001AAB', /last three characters do not fit/],
    ['picture.png', /"picture.png", which is no id of a file/],
    ['https://example.com/a.png', /an address without the id of a file/],
  ])('%s is none, and the good ones stay', (piece, message) => {
    const found = gallery(`${B18};${piece};${C18}`);
    expect(found.gallery).toEqual([B18, C18]);
    expect(found.problems).toMatchObject([
      { code: 'IMAGE_ID', attribute: 'product_gallery_images' },
    ]);
    expect(said(piece)).toMatch(message);
  });

  it('are all taken from a field that has room for more than 13', () => {
    const many = Array.from({ length: 40 }, (_, at) => `0690000000000${String(at + 10)}`);
    expect(gallery(many.join(';')).gallery).toHaveLength(40);
  });

  it('that were cut at the end of a field are told', () => {
    expect(said(`${B18};069000000000`)).toContain('has 12 characters');
  });

  it('of 15 characters are the same as those of 18', () => {
    const rest = fc.stringMatching(/^[A-Za-z0-9]{12}$/);
    fc.assert(
      fc.property(rest, (tail) => {
        const [whole = ''] = gallery(`069${tail}`).gallery;
        expect(whole).toHaveLength(18);
        expect(gallery(whole.toLowerCase()).gallery).toEqual([whole]);
        expect(gallery(whole.toUpperCase()).gallery).toEqual([whole]);
      }),
    );
  });

  it('of anything never throw', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (one, other) => {
        expect(parseImageIds(one, other).problems).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('the featured image', () => {
  it('is left out of the gallery', () => {
    expect(parseImageIds(A15, `${A18};${B18}`)).toEqual({
      featured: A18,
      gallery: [B18],
      problems: [],
    });
  });

  it('is one: of several the first is taken, and the others are told', () => {
    const fields = { featured: 'Main__c', gallery: 'More__c' };
    const found = parseImageIds(`${A18};${B18}`, null, fields);
    expect(found).toMatchObject({ featured: A18, gallery: [] });
    expect(found.problems).toMatchObject([
      { field: 'Main__c', attribute: 'product_featured_image', code: 'IMAGE_ID' },
    ]);
    expect(found.problems[0]?.message).toMatch(/^Main__c holds 2 files/);
  });
});
