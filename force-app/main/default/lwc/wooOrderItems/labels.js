import loading from '@salesforce/label/c.Woo_Order_Lines_Loading';
import loadingMore from '@salesforce/label/c.Woo_Order_Loading_More';
import error from '@salesforce/label/c.Woo_Order_Lines_Error';
import imagesError from '@salesforce/label/c.Woo_Order_Pictures_Error';
import none from '@salesforce/label/c.Woo_Order_Lines_None';
import noProducts from '@salesforce/label/c.Woo_Order_Lines_No_Products';
import lines from '@salesforce/label/c.Woo_Order_Lines';
import item from '@salesforce/label/c.Woo_Order_Item';
import price from '@salesforce/label/c.Woo_Order_Price';
import quantity from '@salesforce/label/c.Woo_Order_Quantity';
import total from '@salesforce/label/c.Woo_Order_Line_Total';
import tax from '@salesforce/label/c.Woo_Order_Tax';
import allItems from '@salesforce/label/c.Woo_Order_Lines_Sum';
import sum from '@salesforce/label/c.Woo_Order_Group_Sum';
import deleted from '@salesforce/label/c.Woo_Order_Product_Deleted';
import deletedHint from '@salesforce/label/c.Woo_Order_Product_Deleted_Hint';

/** What the template says. */
export const label = {
    loading,
    loadingMore,
    error,
    imagesError,
    none,
    noProducts,
    lines,
    item,
    price,
    quantity,
    total,
    tax,
    allItems,
    sum,
    deleted,
    deletedHint
};
