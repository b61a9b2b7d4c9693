import accept from '@salesforce/label/c.Woo_Matches_Accept';
import acceptName from '@salesforce/label/c.Woo_Matches_Accept_Name';
import accepted from '@salesforce/label/c.Woo_Matches_State_Accepted';
import adopt from '@salesforce/label/c.Woo_Matches_State_Adopt';
import ambiguous from '@salesforce/label/c.Woo_Matches_State_Ambiguous';
import another from '@salesforce/label/c.Woo_Matches_Another';
import choose from '@salesforce/label/c.Woo_Matches_Choose';
import chooseName from '@salesforce/label/c.Woo_Matches_Choose_Name';
import create from '@salesforce/label/c.Woo_Matches_Create';
import creates from '@salesforce/label/c.Woo_Matches_State_Create';
import hidden from '@salesforce/label/c.Woo_Matches_Hidden';
import leaveOut from '@salesforce/label/c.Woo_Matches_Leave_Out';
import leftOut from '@salesforce/label/c.Woo_Matches_State_Left_Out';
import menu from '@salesforce/label/c.Woo_Matches_Menu';
import more from '@salesforce/label/c.Woo_Matches_More';
import open from '@salesforce/label/c.Woo_Matches_State_Open';
import refused from '@salesforce/label/c.Woo_Matches_State_Refused';
import share from '@salesforce/label/c.Woo_Matches_State_Share';
import twice from '@salesforce/label/c.Woo_Matches_Twice';
import undo from '@salesforce/label/c.Woo_Matches_Undo';
import use from '@salesforce/label/c.Woo_Matches_State_Use';
import notDone from '@salesforce/label/c.Woo_Sync_Not_Done';

export const label = {
    accept,
    acceptName,
    accepted,
    adopt,
    ambiguous,
    another,
    choose,
    chooseName,
    create,
    creates,
    hidden,
    leaveOut,
    leftOut,
    menu,
    more,
    notDone,
    open,
    refused,
    share,
    twice,
    undo,
    use
};
