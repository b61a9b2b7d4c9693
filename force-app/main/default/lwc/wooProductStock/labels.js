import absent from '@salesforce/label/c.Woo_Stock_Absent';
import absentHint from '@salesforce/label/c.Woo_Stock_Absent_Hint';
import differs from '@salesforce/label/c.Woo_Stock_Differs';
import error from '@salesforce/label/c.Woo_Stock_Error';
import heading from '@salesforce/label/c.Woo_Stock_Heading';
import lastChange from '@salesforce/label/c.Woo_Stock_Last_Change';
import loading from '@salesforce/label/c.Woo_Stock_Loading';
import newWindow from '@salesforce/label/c.Woo_Stock_New_Window';
import noPrice from '@salesforce/label/c.Woo_Stock_No_Price';
import openInShop from '@salesforce/label/c.Woo_Stock_Open_In_Shop';
import parent from '@salesforce/label/c.Woo_Stock_Parent';
import perVariation from '@salesforce/label/c.Woo_Stock_Per_Variation';
import price from '@salesforce/label/c.Woo_Stock_Price';
import priceHelp from '@salesforce/label/c.Woo_Stock_Price_Help';
import regularPrice from '@salesforce/label/c.Woo_Stock_Regular_Price';
import salePrice from '@salesforce/label/c.Woo_Stock_Sale_Price';
import shopStatus from '@salesforce/label/c.Woo_Stock_Shop_Status';
import stock from '@salesforce/label/c.Woo_Stock_Stock';
import type from '@salesforce/label/c.Woo_Stock_Type';
import unsure from '@salesforce/label/c.Woo_Stock_Unsure';
import variations from '@salesforce/label/c.Woo_Stock_Variations';

/** The texts of the card; `{0}` and so on are filled where they are shown. */
export const label = {
    absent,
    absentHint,
    differs,
    error,
    heading,
    lastChange,
    loading,
    newWindow,
    noPrice,
    openInShop,
    parent,
    perVariation,
    price,
    priceHelp,
    regularPrice,
    salePrice,
    shopStatus,
    stock,
    type,
    unsure,
    variations
};
