import active from '@salesforce/label/c.Woo_Health_Mapping_Active';
import heading from '@salesforce/label/c.Woo_Health_Mappings';
import held from '@salesforce/label/c.Woo_Health_Mapping_Held';
import late from '@salesforce/label/c.Woo_Health_Mapping_Late';
import never from '@salesforce/label/c.Woo_Health_Mapping_Never';
import written from '@salesforce/label/c.Woo_Health_Mapping_Written';

export const label = { active, heading, held, late, never, written };
