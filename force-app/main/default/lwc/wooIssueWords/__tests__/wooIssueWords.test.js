const mockLanguage = { default: 'ja' };
jest.mock('@salesforce/i18n/lang', () => mockLanguage, { virtual: true });

const inLanguage = (language) => {
    mockLanguage.default = language;
    let module;
    jest.isolateModules(() => {
        module = jest.requireActual('c/wooIssueWords');
    });
    return module;
};

describe('c/wooIssueWords', () => {
    it('says nothing to who reads what the service writes, or a language that it does not know', () => {
        for (const language of ['en-US', 'de', 'jaXX']) {
            const { explanationOf, isTranslated } = inLanguage(language);
            expect([language, isTranslated, explanationOf('DRAFT_LINES')]).toEqual([language, false, undefined]);
        }
    });

    it('says in Japanese what a code means and what to do', () => {
        const { explanationOf, isTranslated } = inLanguage('ja');
        expect(isTranslated).toBe(true);
        expect(explanationOf('IMAGE_EMPTY')).toEqual({
            meaning: 'ファイルが空か、途中で切れています。',
            cure: 'ファイルの新しいバージョンとしてアップロードし直してください。'
        });
    });

    it('knows families of codes, and says of several codes each thing once', () => {
        const { explanationOf } = inLanguage('ja-JP');
        expect(explanationOf('HTTP_503')).toEqual(explanationOf('HTTP_502'));
        const both = explanationOf('VALUE_NOT_NUMBER, VALUE_NOT_DATE');
        expect(both.meaning).toContain('数値');
        expect(both.meaning).toContain('日付');
        expect(both.cure).toBe(explanationOf('VALUE_NOT_DATE').cure);
    });

    it('names guides as the sentences of the service do on pages, and no files', () => {
        const { explanationOf } = inLanguage('ja');
        expect(explanationOf('EDIT_NOT_SENT').cure).toContain('ガイド「orders-back」のとおり');
        const { cure } = explanationOf('IMAGE_NO_WAY, EDIT_NOT_IN_SHOP');
        expect(cure).toContain('ガイド「images」');
        expect(cure).toContain('ガイド「stores」');
        expect(cure).not.toContain('docs/');
    });

    it('leaves to the sentence of the service what it does not know', () => {
        const { explanationOf } = inLanguage('ja');
        const unknown = ['NEW_CODE', 'VALUE_NOT_DATE, NEW_CODE', 'toString', 'HTTP', '', null];
        expect(unknown.map((code) => explanationOf(code))).toEqual(unknown.map(() => undefined));
    });
});
