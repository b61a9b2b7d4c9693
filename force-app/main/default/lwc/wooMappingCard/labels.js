import deleteMapping from '@salesforce/label/c.Woo_Mappings_Delete';
import download from '@salesforce/label/c.Woo_Mappings_Download';
import duplicate from '@salesforce/label/c.Woo_Mappings_Duplicate';
import edit from '@salesforce/label/c.Woo_Mappings_Edit';
import lastWritten from '@salesforce/label/c.Woo_Mappings_Last_Written';
import more from '@salesforce/label/c.Woo_Mappings_More';
import switchOff from '@salesforce/label/c.Woo_Mappings_Switch_Off';
import switchOn from '@salesforce/label/c.Woo_Mappings_Switch_On';
import undo from '@salesforce/label/c.Woo_Mappings_Undo';
import view from '@salesforce/label/c.Woo_Mappings_View';

export const label = {
    deleteMapping,
    download,
    duplicate,
    edit,
    lastWritten,
    more,
    switchOff,
    switchOn,
    undo,
    view
};
