import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isFileId, readImages, writeImages } from 'c/wooProductImageIds';

const MUG = '069Hp0000000001IAA';
const SIDE = '069Hp0000000002IAA';
const UPPER = '069Hp00000ABCDEIA5';

const page = (id) => `https://shop.lightning.force.com/lightning/r/ContentDocument/${id}/view`;
const preview = `https://x.force.com/lightning/cmp/filePreview?recordIds=${MUG}%2C${SIDE}&selectedRecordId=${SIDE}`;

/** Pairs of what people put into the two fields. */
const cases = [
    [null, null],
    [MUG, `${SIDE};${UPPER}`],
    [MUG.slice(0, 15), ` ${SIDE.slice(0, 15)} ; ;${UPPER.slice(0, 15)},${SIDE}`],
    [UPPER.toLowerCase(), UPPER.toUpperCase()],
    [page(MUG), `${page(SIDE)},${page(UPPER)}\n${encodeURIComponent(page(MUG))}`],
    [preview, preview],
    [`${MUG};${SIDE}`, SIDE],
    [`${MUG} ${SIDE}`, `${MUG};${MUG}`],
    ['068Hp0000000001IAA', `01tHp000001AbCdIAK;069Hp;${MUG.slice(0, 17)}B;${MUG}x;mug.png`],
    [`junk;${MUG}`, `https://x.force.com/lightning/page/home;${page('068Hp0000000001IAA')};%E0%A4%A`],
    [`${MUG}${SIDE}`, `/${MUG}/${SIDE}`]
];

/** What the sidecar itself reads, run by Node as it is. */
function readBySidecar() {
    const file = join(process.cwd(), 'sidecar/src/mapping/to-woo/image-ids.ts');
    const script = `
        import { parseImageIds } from ${JSON.stringify(file)};
        const cases = ${JSON.stringify(cases)};
        console.log(JSON.stringify(cases.map(([featured, gallery]) => parseImageIds(featured, gallery))));`;
    const node = ['--input-type=module', '--no-warnings', '--eval', script];
    return JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' }));
}

describe('image ids', () => {
    it('are read exactly as the sidecar reads them', () => {
        const mine = cases.map(([featured, gallery]) => readImages(featured, gallery));
        const ids = mine.map(({ featured, gallery }) => ({
            featured: featured.find(isFileId) ?? null,
            gallery: gallery.filter(isFileId)
        }));
        expect(ids).toEqual(readBySidecar().map(({ featured, gallery }) => ({ featured, gallery })));
    });

    it('leave what is no id where it was, once, as it was written', () => {
        expect(readImages(`junk;${MUG};junk`, `01tHp000001AbCdIAK;${SIDE}`)).toEqual({
            featured: ['junk', MUG],
            gallery: ['01tHp000001AbCdIAK', SIDE]
        });
    });

    it('show an image of both fields once', () => {
        expect(readImages(MUG, `${SIDE};${MUG}`)).toEqual({ featured: [MUG], gallery: [SIDE] });
        expect(readImages(`${MUG};${SIDE}`, SIDE)).toEqual({ featured: [MUG], gallery: [SIDE] });
    });

    it('are written as the fields want them: 18 characters, semicolons, nothing for nothing', () => {
        const images = readImages(MUG.slice(0, 15), `${SIDE} , ${UPPER.toLowerCase()}`);
        expect(writeImages(images)).toEqual({ featured: MUG, gallery: `${SIDE};${UPPER}` });
        expect(writeImages({ featured: [], gallery: [] })).toEqual({ featured: null, gallery: null });
    });
});
