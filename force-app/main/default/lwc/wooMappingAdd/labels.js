import add from '@salesforce/label/c.Woo_Editor_Add';
import addOne from '@salesforce/label/c.Woo_Editor_Add_One';
import close from '@salesforce/label/c.Woo_Action_Close';
import heading from '@salesforce/label/c.Woo_Editor_Heading';
import more from '@salesforce/label/c.Woo_Editor_More';
import noSuggestion from '@salesforce/label/c.Woo_Editor_No_Suggestion';
import none from '@salesforce/label/c.Woo_Editor_None';
import search from '@salesforce/label/c.Woo_Editor_Search';
import searchHelp from '@salesforce/label/c.Woo_Editor_Search_Help';
import suggested from '@salesforce/label/c.Woo_Editor_Suggested';
import suggestion from '@salesforce/label/c.Woo_Editor_Suggestion';

export const label = {
    add,
    addOne,
    close,
    heading,
    more,
    noSuggestion,
    none,
    search,
    searchHelp,
    suggested,
    suggestion
};
