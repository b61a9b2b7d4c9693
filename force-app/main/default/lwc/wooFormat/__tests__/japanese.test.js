import { formatList } from 'c/wooFormat';

jest.mock('@salesforce/i18n/locale', () => ({ default: 'ja-JP' }), { virtual: true });

it('separates what stands side by side as Japanese does', () => {
    expect(formatList(['完了', '下書き'])).toBe('完了、下書き');
});
