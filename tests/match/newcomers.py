"""Made records of newcomers, as some operators of one town would type them, with the truth beside them.
Usage: newcomers.py RECORDS SEED SETTING OUT.csv TRUTH.csv. The rates of each setting stand in RATES: `usual` and `rough` are looked
at when something is tuned, `judge` never is. Names are spelt by the letters that transliterations exchange and by lists of
spellings, so that no table of the program is the table that made them."""
import datetime
import random
import sys

#               usual  rough  judge
RATES = {
    "swap_names": (.020, .040, .030),    # given and family name in each other's place
    "one_column": (.010, .020, .015),    # both names in the column of the family name
    "second_name": (.350, .300, .400),   # people who have a second given name, of whom half is left out
    "two_families": (.120, .150, .100),  # people with two family names, one of which may be left out
    "married": (.060, .090, .080),       # a woman under another family name
    "father": (.040, .060, .050),        # the father's name for the family name
    "spelling": (.450, .550, .500),      # another transliteration
    "typo": (.050, .090, .060),          # in a name
    "other_name": (.006, .012, .010),    # a given name of use that has nothing of the other
    "no_day": (.180, .250, .220),        # people whose day of birth nobody knows: 1 January
    "day_lost": (.050, .070, .040),      # somebody's date typed as 1 January
    "day_month": (.030, .050, .040),
    "date_digit": (.020, .030, .025),
    "wrong_year": (.008, .015, .010),
    "no_date": (.020, .040, .030),
    "solar": (.040, .060, .050),         # of Afghans and Iranians
    "sex_wrong": (.010, .015, .010),
    "no_sex": (.050, .080, .050),
    "nation_wrong": (.010, .020, .015),
    "no_nation": (.080, .120, .100),
    "no_phone": (.250, .350, .300),
    "new_phone": (.120, .180, .150),     # changed since
    "family_phone": (.350, .400, .400),  # households with one telephone
    "hub_phone": (.010, .020, .015),     # the social worker's
    "no_address": (.350, .450, .400),
    "moved": (.120, .180, .150),
    "hostel": (.120, .180, .150),        # households in a hostel, all at its address
    "no_email": (.600, .700, .650),
    "agdref_digit": (.030, .050, .040),
    "agdref_two": (.003, .005, .003),
    "twins": (.008, .012, .010),         # households with twins
    "alone": (.450, .450, .500),
    "again": (.040, .060, .050),         # a second record with the same operator
}
SETTINGS = {"usual": 0, "rough": 1, "judge": 2}

# code, nationality as typed, given names of men, of women, family names, script of typing. / separates spellings of one name.
ORIGINS = [
    ("AF", 17, ["Afghane", "Afghanistan", "AFGHANE", "afghan", "AFG"], "pashto"),
    ("SY", 9, ["Syrienne", "Syrie", "syrien", "SYR"], "arab"),
    ("SD", 8, ["Soudanaise", "Soudan", "soudanais", "SDN"], "arab"),
    ("IQ", 4, ["Irakienne", "Irak", "Iraq", "irakien"], "arab"),
    ("ER", 8, ["Erythréenne", "Erythrée", "ERITREA", "érythréen"], "geez"),
    ("ET", 4, ["Ethiopienne", "Éthiopie", "ethiopien", "ETH"], "geez"),
    ("UA", 14, ["Ukrainienne", "Ukraine", "ukrainien", "UKR"], "slav"),
    ("RU", 4, ["Russe", "Russie", "Fédération de Russie", "tchétchène"], "slav"),
    ("AL", 6, ["Albanaise", "Albanie", "albanais", "ALB"], "alban"),
    ("TR", 5, ["Turque", "Turquie", "turc", "TUR"], "turk"),
    ("GN", 9, ["Guinéenne", "Guinée", "guinéen", "GIN"], "west"),
    ("CI", 4, ["Ivoirienne", "Côte d'Ivoire", "ivoirien", "CIV"], "west"),
    ("SO", 7, ["Somalienne", "Somalie", "somalien", "SOM"], "somali"),
    ("IR", 3, ["Iranienne", "Iran", "iranien"], "pashto"),
]
MEN = {
    "arab": "Mohamed/Mohammed/Mohamad/Muhammad/Mouhamad/Mohammad Ahmad/Ahmed/Ahmet/Ahmad Ali/Aly Hassan/Hasan/Hassane Hussein/Hussain/Housein/Hossein/Husayn "
            "Ibrahim/Ibrahem/Ebrahim/Brahim Khaled/Khalid/Khaled/Kaled Omar/Umar/Oumar Youssef/Yusuf/Yousif/Yousef/Youcef Mahmoud/Mahmud/Mahmood "
            "Mustafa/Moustafa/Mostafa/Mustapha Abdullah/Abdallah/Abdalla/Abdullahi Abdulrahman/Abderrahmane/Abdelrahman/Abd_Alrahman/Abdul_Rahman "
            "Abdelkarim/Abdul_Karim/Abdulkareem/Abdelkrim Adam/Adem/Adam Osman/Othman/Ousman/Usman Idris/Idriss/Edris Ismail/Ismael/Esmail/Ismaïl Yasser/Yaser/Yassir "
            "Tarek/Tariq/Tareq Ziad/Ziyad/Zyad Bilal/Belal Said/Saeed/Saïd/Sayed Salim/Saleem/Selim Salah/Saleh Samir/Sameer Jamal/Djamal/Gamal Karim/Kareem "
            "Nour/Noor/Nur Firas/Feras Anas/Anass Hamza/Hamzah Haroun/Harun/Haroon Issa/Eissa/Isa Moussa/Musa/Mousa Taha/Taha Walid/Waleed/Oualid Wael/Wail Nasser/Naser Mazen/Mazin Bashar/Bachar Fadi/Fady Hani/Hany Rami/Ramy Amjad/Amjed Munir/Mounir Nabil/Nabeel Majid/Majed/Madjid Rashid/Rachid/Rasheed Yahya/Yehia/Yahia Zakaria/Zakariya/Zekeria",
    "pashto": "Mohammad/Mohamad/Mohamed/Muhammad Ahmad/Ahmed/Ahmad Ali/Aly Gul/Goul/Gol Najibullah/Najib_Ullah/Nadjiboullah/Najeebullah Rahmatullah/Rahmat_Ullah/Rahmatoullah/Rahmatollah Hamidullah/Hamid_Ullah/Hamidollah/Hamidoullah "
              "Zabihullah/Zabih_Ullah/Zabiullah/Zabihollah Habibullah/Habib_Ullah/Habiboullah Naqibullah/Naghibullah/Naqeebullah/Naqib_Ullah Asadullah/Asad_Ullah/Asadollah Noorullah/Nur_Ullah/Nourullah Sher/Shir/Cher Wahid/Vahid/Ouahid/Waheed Farid/Fareed Hamid/Hameed Jawad/Javad/Djawad "
              "Mahdi/Mehdi/Mahdy Reza/Riza/Reza Hossein/Hussain/Hossain/Hussein Hassan/Hasan Qasim/Ghasem/Kasim/Qasem Ghulam/Gholam/Ghoulam/Golam Nasir/Naser/Nasser Javid/Jawid/Djavid/Jawed Mirwais/Mirvais/Merwais Omid/Omeed/Umid Ramin/Rameen Sohrab/Suhrab/Souhrab Shafiq/Shafiqullah/Chafiq Sadiq/Sadegh/Sadeq Khalil/Khaleel Yaqub/Yaghoub/Yacoub/Yaqoob Dawood/Daoud/Davoud/Dawud Aziz/Azeez Latif/Lateef Zaman/Zamman Sardar/Serdar Taher/Tahir Baryalai/Bariyalay Esmatullah/Ismatullah/Esmat_Ullah Faisal/Feysal/Faysal Ehsan/Ihsan Sayed/Said/Sayyed/Seyed Amir/Ameer Basir/Baseer Mustafa/Mostafa",
    "geez": "Tesfay/Tesfai/Tesfaye Yonas/Jonas/Yonnas Samuel/Samiel/Samuiel Filmon/Philmon/Filimon Daniel/Danel/Daniiel Abel/Abiel Kidane/Kidanie/Qidane Haile/Hayle/Haylé Berhane/Birhane/Brhane Mehari/Mihari/Mehary Gebremedhin/Ghebremedhin/Gebre_Medhin/Gebremedhen "
            "Tesfamichael/Tesfa_Mikael/Tesfamikael/Tesfamicael Habtom/Habtome Kibrom/Kbrom/Kibreab Mulugeta/Moulougueta/Mulugheta Yemane/Yeman/Jemane Tekle/Tecle/Teklay Weldu/Woldu/Welday Robel/Robiel Natnael/Nathnael/Natenael Amanuel/Emanuel/Amanuiel Bereket/Bereket/Bereketab Isaias/Isayas/Esayas Mussie/Musie/Mosie Solomon/Selomon/Salomon Dawit/Dawite/Daoit Yohannes/Johannes/Yohanes Ermias/Ermiyas/Hermias Girmay/Girmai/Ghirmay Negash/Negasi/Nigash Fitsum/Fitsume/Fetsum Medhanie/Medhane/Medhani Aman/Amman Henok/Enok/Hennok Kiflom/Kiflome/Keflom Simon/Siemon/Simeon Zerai/Zeray/Zerie Efrem/Ephrem/Efreme Biniam/Beniam/Biniyam Temesgen/Temesghen Alem/Allem",
    "slav": "Oleksandr/Olexandr/Alexandre/Aleksandr/Alexander Andrii/Andriy/Andrei/Andrey/Andrij Serhii/Serhiy/Sergii/Sergiy/Sergei Dmytro/Dmitro/Dmitri/Dmitry Volodymyr/Volodimir/Vladimir/Volodymir Ivan/Iwan Mykola/Nikolai/Mikola/Nikolay Mykhailo/Mikhail/Mychailo/Mykhaylo Viktor/Victor/Wiktor Yurii/Yuri/Iouri/Yuriy/Iurii Ihor/Igor/Ygor Vasyl/Vasil/Vassyl Oleh/Oleg/Olegh Pavlo/Pavel/Paulo Petro/Piotr/Petr Bohdan/Bogdan Roman/Romane Maksym/Maxim/Maksim/Maxime Yevhen/Evgen/Evgueni/Eugene/Ievgen Vitalii/Vitaly/Vitaliy/Vitali Anatolii/Anatoly/Anatoliy Artem/Artiom/Artyom Denys/Denis/Dénis Kostiantyn/Konstantin/Kostyantyn Ruslan/Rouslan Taras/Tarass Stanislav/Stanislas Vadym/Vadim Yaroslav/Iaroslav/Jaroslav Magomed/Mahomed/Magomet Aslan/Aslane Ramzan/Ramazan Timur/Timour/Tymur Zaur/Zaour",
    "alban": "Arben/Arbenn Agim/Aghim Besnik/Besnike Blerim/Blerime Dritan/Driton Edmond/Edmondo Enver/Envere Fatmir/Fatmire Gezim/Gzim/Guezim Ilir/Illir Kujtim/Kuytim Luan/Louan Mentor/Mentore Naim/Nahim Shpetim/Shpëtim/Chpetim Qemal/Kemal/Chemal Xhevdet/Djevdet/Jevdet Xhemal/Djemal/Xhemail Bujar/Buyar Altin/Altine Artan/Artane Ardit/Ardi Elton/Eltone Ergys/Ergis Erion/Eryon Florian/Florjan Gjergj/Gjergi/Georges Klodian/Klodjan Lulzim/Loulzim Sokol/Sokoll Skender/Skënder/Iskender Valon/Vallon Hysen/Hisen/Hyseni Isuf/Yusuf/Jusuf",
    "turk": "Mehmet/Mehmed/Mehmett Mustafa/Moustafa Ahmet/Ahmed Ali/Aly Hüseyin/Huseyin/Huseyn Hasan/Hassan İbrahim/Ibrahim Murat/Mourat Ömer/Omer/Oemer Yusuf/Youssouf/Yousouf Halil/Khalil Süleyman/Suleyman/Souleyman Emre/Emré Serkan/Sercan Burak/Bourak Cem/Djem Can/Djan Caner/Djaner Kemal/Kamal Osman/Ousman Ramazan/Ramadan Recep/Redjep Şahin/Sahin/Chahin Tayfun/Tayfoun Uğur/Ugur/Ougour Veli/Vely Yavuz/Yavouz Zafer/Zaffer Çetin/Cetin/Tchetin Barış/Baris/Barich Baran/Barran Azad/Azat Diyar/Diar Rojhat/Rojat Şerif/Serif/Cherif",
    "west": "Mamadou/Mamadu/Mohamadou/Mamoudou Amadou/Ahmadou/Amadu Ibrahima/Ibrahim/Brahima Boubacar/Boubakar/Aboubacar/Aboubakar Abdoulaye/Abdulaye/Abdoulay Ousmane/Ousman/Usmane Moussa/Musa/Mousa Alpha/Alfa Thierno/Tierno/Cherno Souleymane/Suleymane/Soulaymane Sékou/Sekou/Sekouba Issa/Issah Oumar/Omar/Umar Lamine/Lamin/Mohamed_Lamine Saliou/Salihou Cheick/Cheikh/Sheick Bakary/Bacary/Bakari Daouda/Dauda Yaya/Yahya Mory/Mori Fodé/Fode/Foday Kalil/Khalil/Kallil Mouctar/Moctar/Mokhtar Samba/Sambah Demba/Dembah Siaka/Syaka Drissa/Idrissa Adama/Adamah Kouadio/Kwadio Koffi/Kofi Yao/Yaw Konan/Konnan Kouassi/Kwassi Abou/Abu Vamoussa/Va_Moussa Lassana/Lansana/Lassina Hamidou/Amidou Elhadj/El_Hadj/Alhadji",
    "somali": "Mohamed/Maxamed/Mohammed/Mahamed Ahmed/Axmed/Ahmad Abdi/Cabdi/Abdy Ali/Cali/Aly Hassan/Xasan/Hasan Hussein/Xuseen/Hussen Abdirahman/Cabdiraxmaan/Abdurahman/Abdirahmaan Abdullahi/Cabdullaahi/Abdulahi Abdikarim/Cabdikariin/Abdikariim Omar/Cumar/Umar Osman/Cismaan/Usman/Ismaan Yusuf/Yuusuf/Youssouf Ibrahim/Ibraahim/Ibrahin Ismail/Ismaaciil/Ismael Mahad/Mahaad Liban/Liibaan Farah/Faarax/Farax Guled/Guuleed/Guleed Jama/Jaamac/Djama Nur/Nuur/Nour Warsame/Warsama Abshir/Abshiir Bile/Biile Mukhtar/Muqtar/Mouktar Sharmarke/Sharma'arke Said/Siciid/Saïd Dahir/Daahir/Daher Hersi/Xirsi/Hirsi Mahamud/Maxamuud/Mohamoud",
}
WOMEN = {
    "arab": "Fatima/Fatma/Fatimah/Fatema Aisha/Aicha/Aïcha/Aysha Mariam/Maryam/Meriem/Mariem Amina/Aminah/Ameena Khadija/Khadidja/Kadija/Khadijah Zeinab/Zaynab/Zainab/Zineb Sara/Sarah Nour/Noor/Nur Huda/Houda/Hoda Rania/Raniya/Raniah Samira/Sameera Layla/Leila/Laila/Leyla Salma/Selma Asma/Asmaa/Esma Hanan/Hanane/Hannan Iman/Eman/Imane Nadia/Nadya Rasha/Racha Rima/Reema Sahar/Saher Souad/Suad/Souaad Yasmin/Yasmine/Jasmin Zahra/Zohra/Zahraa Hala/Halla Dalal/Dalale Ghada/Gada Maha/Meha Lina/Leena Rana/Ranna Hiba/Heba Duaa/Doua/Dua Safa/Safaa Wafa/Ouafa/Wafaa Sumaya/Soumaya/Somaya Tasnim/Tasneem Ibtisam/Ebtisam/Ibtissam",
    "pashto": "Fatima/Fatema/Fatemeh/Fatimah Zahra/Zohra/Zahrah Maryam/Mariam/Mariyam Masoma/Massouma/Masuma/Masoumeh Zainab/Zeynab/Zaynab Shukria/Shokria/Choukria Nargis/Narges/Nargess Farzana/Farzaneh/Ferzana Laila/Leila/Layla Marzia/Marziya/Marzieh Nasrin/Nasreen/Nesrin Parwin/Parvin/Parween Roya/Ruya/Roïa Sakina/Sakineh/Sakinah Shabnam/Chabnam/Shabnem Sima/Seema Soraya/Suraya/Souraya Tahera/Tahira/Tahereh Zarghona/Zarghuna/Zargouna Wazhma/Vazhma/Wajma Bibi/Biby Gulalai/Goulalai/Gulalay Hosna/Husna/Housna Khadija/Khadijeh/Hadija Latifa/Lateefa Mina/Meena Nilofar/Nilufar/Niloufar Palwasha/Palwacha Rabia/Rabya/Rabiya Setara/Sitara Spozhmai/Spogmai Yalda/Yelda Zakia/Zakiya/Zakieh Aziza/Azizeh Hamida/Hameeda",
    "geez": "Selam/Salam/Sellam Rahel/Rachel/Rahiel Mebrat/Mebrahtu/Mibrat Letebrhan/Lete_Brhan/Letebirhan Tsega/Tsige/Sega Tsegereda/Segereda/Tsgereda Hiwet/Hiwot/Hywet Saba/Sabba Semhar/Simhar Winta/Wintta/Uinta Helen/Hellen/Elen Meron/Miron Feven/Fewen/Feben Abeba/Ababa/Abebba Almaz/Almas Azeb/Azieb Bisrat/Besrat Eden/Iden Elsa/Ilsa Fiyori/Fiory/Fiori Freweyni/Frewoini/Fireweini Genet/Ghenet/Guenet Kisanet/Kissanet Lemlem/Lem_Lem Luwam/Louam/Lwam Milena/Millena Nigisti/Nighisti/Negisti Rigat/Rigatt Ruta/Routa Senait/Sennayt/Senayt Tirhas/Terhas/Tirhass Yordanos/Jordanos/Yordanose Zayid/Zaid/Zaïd Bethlehem/Betelhem/Betlehem Mihret/Mehret/Miheret",
    "slav": "Olena/Elena/Olèna/Helena Olha/Olga/Olgha Tetiana/Tatiana/Tetyana/Tatyana Iryna/Irina/Irena Natalia/Nataliya/Nataliia/Natalya Oksana/Oxana Svitlana/Svetlana/Svitlanna Yuliia/Yulia/Julia/Ioulia/Iuliia Anastasiia/Anastasia/Anastassia/Nastasia Kateryna/Ekaterina/Katerina/Yekaterina Mariia/Maria/Mariya Anna/Hanna/Ganna Halyna/Galina/Galyna Liudmyla/Ludmila/Lyudmila/Lioudmila Nadiia/Nadia/Nadezhda/Nadiya Viktoriia/Victoria/Viktoria/Viktoriya Valentyna/Valentina Larysa/Larissa/Larisa Yana/Jana/Iana Daria/Dariia/Darya Alina/Alyna Inna/Ina Zhanna/Janna/Jeanna Zoia/Zoya/Zoïa Sofiia/Sofia/Sophia Polina/Polyna Zarema/Zaréma Zulikhan/Zoulikhan Madina/Medina Khava/Hava/Khawa Aset/Asset Luiza/Louiza/Louisa",
    "alban": "Valbona/Valbone Mirela/Mirella Albana/Albane Ermira/Hermira Drita/Dritta Elira/Elyra Entela/Antela Etleva/Etleve Fatime/Fatima Flutura/Floutoura Gentiana/Gentjana Hatixhe/Hatidje/Hatije Ina/Inna Jonida/Yonida Klea/Cléa Liljana/Lilyana/Liliana Lindita/Lendita Majlinda/Maylinda/Mailinda Manjola/Manyola/Magnola Mimoza/Mimosa Rovena/Rowena Shpresa/Shprese/Chpresa Suela/Souela Teuta/Teouta Vjollca/Viollca/Vjolca Xhensila/Jensila/Djensila Zamira/Zamire Besa/Bessa Arta/Artta Blerta/Blerte",
    "turk": "Ayşe/Ayse/Ayche/Aïcha Fatma/Fatima Emine/Eminé Hatice/Hatidje/Hatije Zeynep/Zeyneb Elif/Elife Meryem/Meriem Şerife/Serife/Cherife Zehra/Zahra Sultan/Soultan Hanife/Hanifé Merve/Mervé Özlem/Ozlem/Oezlem Songül/Songul Gülsüm/Gulsum/Gulsoum Gül/Gul Yasemin/Yasmine Esra/Essra Derya/Deria Dilan/Dilane Rojda/Rojdah Berfin/Berfine Çiğdem/Cigdem Nurcan/Nurdjan Sevgi/Sevghi Hülya/Hulya Tuğba/Tugba/Touba Büşra/Busra/Bouchra Kübra/Kubra Leyla/Leila",
    "west": "Fatoumata/Fatouma/Fatimata/Fatumata Aminata/Aminatou/Amina Mariama/Mariam/Maryama Aissatou/Aïssatou/Aissata/Aichatou Kadiatou/Kadidiatou/Khadiatou/Kadiata Hawa/Awa/Hava Oumou/Umu/Oumu Djenabou/Jenabou/Dienabou/Djeinabou Hadja/Adja/Hadjah Binta/Bintou Fanta/Fantah Mariame/Mariam Ramata/Ramatou/Ramatoulaye Salimata/Salimatou Nene/Néné/Nenneh Adama/Adamah Assetou/Assitan/Aseta Rokia/Rokiatou/Rokya Safiatou/Safia/Safiata Maimouna/Maïmouna/Mamouna Aya/Ayah Adjoua/Adjua Affoué/Afoue Akissi/Akisi Djeneba/Jeneba/Dieneba Kandia/Candia Mabinty/Mabinti Sira/Syra Tenin/Tening Yacine/Yassine Nana/Nanah",
    "somali": "Fadumo/Faadumo/Fatuma/Fadouma Halimo/Xaliimo/Halima Amina/Aamina/Aminah Asha/Caasha/Aisha Hodan/Hodane/Hoodan Sahra/Zahra/Saahra Khadra/Khadro/Qadra Ifrah/Ifraax Hibo/Hiba/Hiboh Hamdi/Xamdi Maryan/Maryam/Mariam Nasra/Nasro Ubah/Ubax/Oubah Sagal/Sagaal Idil/Idyl Ayan/Ayaan Deqa/Deka/Deeqa Fowzia/Foosiya/Fawzia Hinda/Hindo Ikran/Ikraan/Ikram Naima/Nacima/Naimo Saynab/Zaynab/Sainab Suad/Sucaad/Souad Warsan/Warsane Yasmin/Yaasmiin Zamzam/Samsam Hawo/Xaawo/Hawa Kaltun/Kaltoun Shukri/Shoukri Ruqiya/Roukia/Rukia",
}
FAMILIES = {
    "arab": "Al_Ahmad/Alahmad/El_Ahmad Al_Hassan/Alhasan/Elhassan Al_Ali/Alali Al_Mohammad/Almohamad/Al_Muhammad Al_Khatib/Alkhateeb/El_Khatib Al_Hariri/Alhariri Al_Masri/Almasri/El_Masri Haddad/Hadad Khalil/Khaleel Najjar/Nadjar/Najar Darwish/Darwich/Darwiche Hamdan/Hamdane Saleh/Salih/Salah Mansour/Mansur/Mansoor Qasim/Kassem/Kasim/Qassem Shaheen/Chahine/Shahin Sulaiman/Soulaiman/Suleiman/Souleymane Yousif/Youssef/Yusuf Adam/Adem Abakar/Abaker/Aboubakar Ishaq/Isaac/Ishak/Izhak Bashir/Bechir/Bachir Abdelaziz/Abdulaziz/Abdul_Aziz/Abdalaziz Abdallah/Abdullah/Abdalla Ibrahim/Ibrahem/Brahim Hamid/Hamed/Hameed Jabbar/Djabbar/Jabar Jassim/Jasim/Jasem Karim/Kareem Rashid/Rachid/Rasheed Tahir/Taher/Tahar Nasr/Naser Osman/Othman/Ousmane Idris/Idriss/Edriss Kurdi/Kourdi Shami/Chami Halabi/Alhalabi Barakat/Baraket Jarrah/Djarrah/Jarah Zein/Zayn/Zain Homsi/Hamsi Sabbagh/Sabbag/Sabagh Aswad/Assouad Fares/Faris/Farès Ghazal/Gazal Hijazi/Hedjazi/Hegazi Kanaan/Canaan/Kenaan Issa/Eissa Younes/Yunus/Younis",
    "pashto": "Ahmadi/Ahmady/Ahmadï Mohammadi/Mohamadi/Muhammadi/Mohammady Hosseini/Hussaini/Hossaini/Husseini Rahimi/Raheemi/Rahimy Karimi/Kareemi/Karimy Noori/Nouri/Nuri/Noory Ahmadzai/Ahmad_Zai/Ahmadzay/Ahmadzaï Stanikzai/Stanekzai/Stanikzay Yousufzai/Yousafzai/Yusufzai/Youssoufzai Sherzad/Shirzad/Cherzad Amiri/Ameeri/Amiry Azizi/Azizy Haidari/Haydari/Heydari/Haideri Rezai/Rezaei/Rezaie/Rizai Jafari/Jaffari/Djafari Sultani/Soltani/Soultani Nazari/Nazary Akbari/Akbary Safi/Saafi Popal/Popalzai Wardak/Wardag/Vardak Khan/Khane/Kan Shinwari/Shinwary/Chinwari Momand/Mohmand/Mommand Zadran/Zadraan/Jadran Sadat/Saadat Alizada/Alizadeh/Ali_Zada Mirzai/Mirzaie/Mirzaei Qaderi/Ghaderi/Qadiri/Kaderi Hakimi/Hakeemi Habibi/Habiby Sahak/Sahaq/Sahaak Niazi/Niyazi Barakzai/Barekzai/Barakzay Mohseni/Muhseni Moradi/Muradi/Mouradi Tajik/Tadjik Faizi/Fayzi/Faizy Sarwari/Sarvari/Sarwary Hotak/Hotaki Afzali/Afzaly Zazai/Zazay/Jaji Omari/Umari/Omary Bahrami/Behrami Ebrahimi/Ibrahimi",
    "geez": "Tesfay/Tesfai/Tesfaye Gebremariam/Ghebremariam/Gebre_Mariam/Gebremaryam Gebreyesus/Ghebreyesus/Gebre_Yesus Gebremeskel/Ghebremeskel/Gebremesqel Haile/Hayle/Hailé Hailemariam/Haile_Mariam/Haylemariam Tekle/Tecle/Tekleab Teklehaimanot/Tekle_Haimanot/Teklehaymanot Woldemichael/Weldemichael/Welde_Mikael/Woldemicael Woldegiorgis/Weldegiorgis/Welde_Giorgis Kidane/Kidanie/Kidaneh Habte/Habtu/Habteab Berhe/Berhé/Berhie Mehari/Mehary/Mihari Abraha/Abreha/Abrha Asmelash/Asmelach Araya/Araia/Areaya Okbay/Oqbay/Ogbay/Okubay Fessehaye/Fisehaye/Fessehaie Ghirmay/Girmay/Girmai Hagos/Haghos/Agos Hadgu/Hadgou Kahsay/Kahsai/Cahsay Kiflay/Kiflai/Kflay Negassi/Negasi/Negash Ogbamichael/Okbamichael/Oqbamikael Semere/Semer Tsegay/Segay/Tsegai/Zegay Zemichael/Zemikael Yohannes/Yohanes/Johannes Weldegebriel/Woldegabriel/Welde_Gebriel Desta/Desta Teame/Teamé Mengistu/Menghistu/Mengesha Bekele/Bekelle Alemu/Alemou Tadesse/Taddese/Tadese Gebru/Ghebru/Gebrou Asefaw/Assefaw/Asfaw Zerom/Zerome Beyene/Beiene/Beyenne Embaye/Embaie Goitom/Goytom/Goitam",
    "slav": "Shevchenko/Chevtchenko/Schevchenko Kovalenko/Covalenko/Kovalenco Bondarenko/Bondarenco Tkachenko/Tkatchenko/Tkacenko Kravchenko/Kravtchenko/Krawchenko Oliinyk/Oliynyk/Oleinik/Oliinik Shcherbak/Chtcherbak/Sherbak/Scherbak Boiko/Boyko/Boïko Melnyk/Melnik/Melnic Koval/Kowal Polishchuk/Polichtchouk/Polischuk Lysenko/Lyssenko/Lisenko Marchenko/Martchenko Rudenko/Roudenko Savchenko/Savtchenko/Sawchenko Petrenko/Petrenco Moroz/Moros Kravets/Kravetz/Krawez Khomenko/Homenko/Chomenko Zinchenko/Zintchenko Hrytsenko/Gritsenko/Hrycenko Pavlenko/Pawlenko Vasylenko/Vasilenko/Wasylenko Ponomarenko/Ponomarenco Levchenko/Levtchenko Karpenko/Carpenko Panchenko/Pantchenko Sydorenko/Sidorenko Mazur/Mazour Ivanchuk/Ivantchouk/Iwanchuk Zhuk/Jouk/Juk Tsymbal/Cymbal/Tsimbal Hnatiuk/Gnatiouk/Hnatyuk Ivanov/Ivanoff/Iwanow Petrov/Petroff Smirnov/Smirnoff Volkov/Wolkow/Volkoff Kadyrov/Kadirov Magomedov/Mahomedov Dudaev/Doudaev/Dudayev Akhmadov/Ahmadov/Akhmadoff Gaitukaev/Gaïtoukaev Sokolov/Sokoloff Yakovlev/Iakovlev/Jakovlev Fedorenko/Fédorenko",
    "alban": "Hoxha/Hodja/Hoja/Odja Shehu/Chehu/Shehou Krasniqi/Krasnici/Krasnichi Berisha/Bericha Gashi/Gachi Shala/Chala Morina/Morinna Kelmendi/Celmendi Rexhepi/Redjepi/Rexepi Hasani/Hassani Bajrami/Bayrami/Bairami Halili/Khalili Osmani/Ousmani Prifti/Prifty Dervishi/Dervichi Leka/Lekka Marku/Markou Gjoka/Djoka/Gioka Ndoja/Ndoya Meta/Metta Xhafa/Djafa/Jafa Cela/Çela/Tsela Hysa/Hisa Lika/Likka Kola/Cola Doda/Dodda Zeneli/Zenelli Sinani/Sinany Murati/Mourati Ahmeti/Ahmetti Thaqi/Thaci/Taqi Bytyqi/Bytyci/Bitiqi Kastrati/Castrati Gjini/Djini Toska/Tosca Qosja/Qosia/Chosja Braho/Braro Muca/Muça/Moutsa Ymeri/Imeri Veliu/Veliou",
    "turk": "Yılmaz/Yilmaz Kaya/Caya Demir/Demire Şahin/Sahin/Chahin Çelik/Celik/Tchelik Yıldız/Yildiz/Yeldiz Yıldırım/Yildirim Öztürk/Ozturk/Oezturk Aydın/Aydin Özdemir/Ozdemir Arslan/Aslan Doğan/Dogan/Dohan Kılıç/Kilic/Kilitch Aslan/Aslane Çetin/Cetin/Tchetin Kara/Karra Koç/Koc/Kotch Kurt/Kourt Özkan/Ozkan Şimşek/Simsek/Chimchek Polat/Pollat Korkmaz/Corkmaz Çakır/Cakir/Tchakir Erdoğan/Erdogan Yavuz/Yavouz Can/Djan Acar/Adjar Güneş/Gunes/Gunech Aktaş/Aktas/Aktach Bozkurt/Bozkourt Bulut/Boulout Keskin/Keskine Ünal/Unal Turan/Touran Gül/Gul Avcı/Avci Işık/Isik/Ichik Tekin/Tekine Taş/Tas/Tach Ateş/Ates/Atech Baran/Barran Bingöl/Bingol",
    "west": "Diallo/Dialo/Jallow/Djalo Bah/Ba/Bâ Barry/Bari/Barri Sow/So/Sô Camara/Kamara/Camarra Condé/Conde/Kondé Keita/Keïta/Kéita Touré/Toure/Turay Sylla/Silla/Syla Traoré/Traore/Trawally Diakité/Diakite/Jakité Kourouma/Kuruma Cissé/Cisse/Sissé Sidibé/Sidibe Coulibaly/Koulibaly/Coulibali Koné/Kone/Conneh Ouattara/Wattara/Watara Doumbia/Dumbia/Doumbouya Sangaré/Sangare Fofana/Fofanah Bangoura/Bangura Soumah/Suma/Souma Kaba/Kabba Kanté/Kante/Kanteh Diabaté/Diabate/Jabaté Sanogo/Sanoko Kouyaté/Kouyate/Kuyateh Dembélé/Dembele/Dembelley Yattara/Yatara Konaté/Konate/Conaté Baldé/Balde/Baldeh Sacko/Sako Souaré/Souare Mara/Marah Haïdara/Haidara/Aidara Kouamé/Kouame/Kwame N'Guessan/Nguessan/N_Guessan Kouadio/Kwadio Koffi/Kofi Yao/Yaw N'Dri/Ndri Bamba/Bambah Diomandé/Diomande Soro/Sorro Dosso/Doso Loua/Luah Haba/Abba Guilavogui/Gilavogui",
    "somali": "Mohamed/Maxamed/Mohammed Ahmed/Axmed/Ahmad Ali/Cali/Aly Hassan/Xasan Abdi/Cabdi Hussein/Xuseen/Hussen Omar/Cumar/Omer Osman/Cismaan/Usman Yusuf/Yuusuf/Youssouf Farah/Faarax/Farax Jama/Jaamac/Djama Warsame/Warsama Nur/Nuur/Nour Adan/Aadan/Aden Ibrahim/Ibraahim Ismail/Ismaaciil Abdullahi/Cabdullaahi/Abdulahi Abdirahman/Cabdiraxmaan Hersi/Xirsi/Hirsi Guled/Guuleed Elmi/Cilmi/Ilmi Dirie/Diiriye/Dirir Sheikh/Sheekh/Cheikh Mumin/Muumin/Moumin Barre/Barreh/Bare Aden/Aadan Dahir/Daahir/Daher Samatar/Samatr Egal/Cigaal/Igal Roble/Rooble/Robleh Awale/Cawaale/Awaleh Muse/Muuse/Moussa Haji/Xaaji/Hadji Salad/Salaad",
}
TABLE = {kind: {script: [w.replace("_", " ").split("/") for w in text.split()] for script, text in lists.items()}
         for kind, lists in (("M", MEN), ("F", WOMEN), ("N", FAMILIES))}
# Letters that are exchanged when nobody looks at the passport; applied at random beside the lists of spellings.
EXCHANGES = [("ou", "u"), ("u", "ou"), ("kh", "k"), ("k", "c"), ("y", "i"), ("i", "y"), ("ee", "i"), ("oo", "ou"), ("ss", "s"), ("s", "ss"), ("ll", "l"), ("mm", "m"),
             ("dj", "j"), ("j", "dj"), ("sh", "ch"), ("ch", "sh"), ("w", "ou"), ("v", "w"), ("q", "k"), ("gh", "g"), ("h", ""), ("ai", "ay"), ("ei", "ey"), ("e", "i"), ("o", "ou"),
             ("z", "s"), ("t", "tt"), ("r", "rr"), ("f", "ff"), ("aa", "a"), ("a", "aa"), ("ph", "f"), ("th", "t"), ("d", "dd")]
STREETS = ["Jaude", "la Liberté", "Blatin", "Fontgiève", "Montlosier", "l'Oradou", "Lafayette", "la République", "Châteaudun", "Sablon", "Croix-Neyrat", "Champratel", "Torpilleur Sirocco", "Bansac", "Vercingétorix",
           "Gergovia", "Pardieu", "Les Vergnes", "Saint-Jacques", "Edith Piaf", "Jean Moulin", "Victor Hugo", "Anatole France", "la Gare", "Pasteur", "des Lilas", "du Port", "Ballainvilliers", "Neyron", "Auger", "Ampère", "Kessler"]
WAYS = [("rue", "r."), ("avenue", "av"), ("boulevard", "bd"), ("place", "pl"), ("allée", "all"), ("impasse", "imp")]
TOWNS = [("63000", "Clermont-Ferrand"), ("63100", "Clermont-Ferrand"), ("63170", "Aubière"), ("63800", "Cournon-d'Auvergne"), ("63200", "Riom"), ("63118", "Cébazat")]
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def solar(day):
    """Solar hijri, good to a day: what offices print."""
    year = day.year - 621 if (day.month, day.day) >= (3, 21) else day.year - 622
    n = (day - datetime.date(year + 621, 3, 21)).days
    return (year, n // 31 + 1, n % 31 + 1) if n < 186 else (year, 7 + (n - 186) // 30, (n - 186) % 30 + 1)


class Maker:
    def __init__(self, records, seed, setting):
        self.r = random.Random(f"{seed} {setting}")
        self.rate = {name: values[SETTINGS[setting]] for name, values in RATES.items()}
        self.wanted = records
        self.operators = [self.operator(i) for i in range(16)]
        self.hostels = [self.address() for _ in range(max(3, records // 1500))]
        self.hubs = [self.phone() for _ in range(max(3, records // 800))]
        self.rows, self.truth = [], []
        scripts = {"M": {}, "F": {}, "N": {}}
        for kind in scripts:
            for script, names in TABLE[kind].items():
                order = names[:]
                random.Random(script + kind).shuffle(order)
                scripts[kind][script] = (order, [1 / (i + 3) ** 0.9 for i in range(len(order))])
        self.names = scripts
        self.rare = {}

    def is_(self, name):
        return self.r.random() < self.rate[name]

    def operator(self, i):
        r = self.r
        return {"name": f"op{i + 1:02}", "weight": r.choice([1, 1, 2, 3, 5]), "agdref": r.uniform(.05, .8), "style": r.choice(["upper", "upper", "title", "title", "plain", "lower"]),
                "date": r.choice(["iso", "slash", "slash", "slash", "short", "dots", "words", "serial"]), "care": r.uniform(.5, 1.6), "swaps": r.choice([.3, .5, 1, 1, 3]),
                "french": r.random() < .6, "nation": r.randrange(4), "phone": r.randrange(4), "address": r.choice([.4, .7, 1, 1.3])}

    def phone(self):
        return self.r.choice("67") + "".join(self.r.choice("0123456789") for _ in range(8))

    def address(self):
        r = self.r
        return r.randrange(1, 180), r.choice(WAYS), r.choice(STREETS), r.choice(TOWNS), (f"appt {r.randrange(1, 60)}" if r.random() < .3 else "")

    def name(self, kind, script):
        """Its spellings. One in eight is a rare one, made of the syllables of two others."""
        order, weights = self.names[kind][script]
        base = self.r.choices(order, weights)[0]
        if self.r.random() < .22:
            other = self.r.choice(order)
            a, b = base[0].replace(" ", ""), other[0].replace(" ", "")
            made = (a[:self.r.randrange(2, max(3, len(a) - 1))] + b[self.r.randrange(1, max(2, len(b) - 2)):].lower()).capitalize()
            if 3 < len(made) < 13:
                return [made]
        return base

    def person(self, house, adult, twin=None):
        r = self.r
        sex = r.choice("MF")
        script = house["script"]
        if twin is not None:
            birth = twin["birth"]
        else:
            year = r.choice([r.randrange(1960, 2006), r.randrange(1980, 2004)]) if adult else r.randrange(2004, 2010)
            birth = datetime.date(year, 1, 1) if self.is_("no_day") else datetime.date(year, 1, 1) + datetime.timedelta(r.randrange(365))
        given = [self.name(sex, script)]
        while twin is not None and given[0] == twin["given"][0]:
            given = [self.name(sex, script)]
        if self.is_("second_name"):
            given.append(self.name(sex, script))
        family = [house["family"]] if not (adult and sex == "F" and r.random() < .5) else [self.name("N", script)]
        if self.is_("two_families"):
            family.append(self.name("N", script))
        own = not self.is_("family_phone") and adult
        return {"sex": sex, "birth": birth, "given": given, "family": family, "house": house, "father": house["father"], "husband": house["family"],
                "phone": self.phone() if own else house["phone"], "agdref": "".join(r.choice("0123456789") for _ in range(10)),
                "email": f"{given[0][0].replace(' ', '').lower()}.{family[0][0].replace(' ', '').lower()}{r.randrange(100)}@{r.choice(['gmail.com', 'hotmail.fr', 'yahoo.fr', 'outlook.com'])}"}

    def household(self):
        r = self.r
        origin = r.choices(ORIGINS, [o[1] for o in ORIGINS])[0]
        house = {"origin": origin, "script": origin[3], "family": self.name("N", origin[3]), "father": self.name("M", origin[3]), "phone": self.phone(),
                 "address": r.choice(self.hostels) if self.is_("hostel") else self.address()}
        n = 1 if self.is_("alone") else r.choice([2, 2, 3, 4, 5])
        people = [self.person(house, i < 2 or r.random() < .5) for i in range(n)]
        if n > 2 and self.is_("twins"):
            people.append(self.person(house, False, people[-1]))
            people[-1]["twin"] = people[-2]["twin"] = True
        return people

    # --- how an operator writes it ---

    def spelt(self, spellings, op):
        r = self.r
        text = spellings[0] if r.random() > self.rate["spelling"] * op["care"] else r.choice(spellings)
        if r.random() < .12 * op["care"]:
            low = text.lower()
            fits = [(a, b) for a, b in EXCHANGES if a in low]
            if fits:
                a, b = r.choice(fits)
                at = low.index(a)
                text = (low[:at] + b + low[at + len(a):]).title()
        if r.random() < self.rate["typo"] * op["care"] and len(text) > 3:
            text = self.slip(text, "abcdefghijklmnopqrstuvwxyz")
        return text

    def slip(self, text, letters):
        r = self.r
        i = r.randrange(1, len(text))
        kind = r.randrange(4)
        if kind == 0:
            return text[:i] + text[i + 1:]
        if kind == 1:
            return text[:i] + r.choice(letters) + text[i:]
        if kind == 2:
            return text[:i] + r.choice(letters) + text[i + 1:]
        return text[:i - 1] + text[i] + text[i - 1] + text[i + 1:]

    def styled(self, text, op):
        if op["style"] == "upper":
            return text.upper()
        if op["style"] == "lower":
            return text.lower()
        return text.title() if op["style"] == "title" else text

    def names_of(self, p, op):
        r = self.r
        given = p["given"] if len(p["given"]) == 1 or r.random() < .5 else p["given"][:1]
        family = p["family"]
        if len(family) == 2 and r.random() < .55:
            family = [family[0] if r.random() < .8 else family[1]]
        if p["sex"] == "F" and p["birth"].year < 2004 and self.is_("married"):
            family = [p["husband"]] if r.random() < .7 else [p["husband"], p["family"][0]]
        elif self.is_("father"):
            family = [p["father"]]
        if self.is_("other_name"):
            given = [self.name(p["sex"], p["house"]["script"])]
        g = r.choice([" ", " ", "-"]).join(self.spelt(x, op) for x in given)
        f = r.choice([" ", " ", "-"]).join(self.spelt(x, op) for x in family)
        if r.random() < self.rate["swap_names"] * op["swaps"]:
            g, f = f, g
        f = f.upper() if op["style"] != "lower" and r.random() < .7 else self.styled(f, op)
        g = self.styled(g, op)
        if self.is_("one_column"):
            return f"{f} {g}", ""
        return f, g

    def date_of(self, p, op):
        r = self.r
        d = p["birth"]
        if self.is_("no_date"):
            return ""
        if self.is_("day_lost"):
            d = datetime.date(d.year, 1, 1)
        if self.is_("day_month") and d.day <= 12:
            d = datetime.date(d.year, d.day, d.month)
        if self.is_("date_digit"):
            t = d.strftime("%Y%m%d")
            i = r.randrange(2, 8)
            t = t[:i] + r.choice("0123456789") + t[i + 1:]
            try:
                d = datetime.date(int(t[:4]), int(t[4:6]), int(t[6:]))
            except ValueError:
                pass
        if self.is_("wrong_year"):
            d = datetime.date(d.year + r.choice([-2, -1, 1, 2, 10]), d.month, min(d.day, 28))
        if p["house"]["script"] == "pashto" and self.is_("solar"):
            y, m, n = solar(d)
            if r.random() < .4:
                return f"{n:02}/{m:02}/{y}"
            if r.random() < .5:
                return f"{y}-{m:02}-{n:02}"
            try:  # only the year was converted
                d = datetime.date(y + 621, m, n)
            except ValueError:
                pass
        style = op["date"] if r.random() < .93 else r.choice(["iso", "slash", "short"])
        return {"iso": d.isoformat(), "slash": d.strftime("%d/%m/%Y"), "short": d.strftime("%d/%m/%y"), "dots": f"{d.day}.{d.month}.{d.year}",
                "words": f"{d.day} {MONTHS[d.month - 1]} {d.year}", "serial": str((d - datetime.date(1899, 12, 30)).days)}[style]

    def phone_of(self, p, op):
        r = self.r
        if self.is_("no_phone"):
            return ""
        n = p["phone"]
        if self.is_("hub_phone"):
            n = r.choice(self.hubs)
        elif self.is_("new_phone"):
            n = p.setdefault("phone2", self.phone())
        if r.random() < .02:
            n = n[0] + self.slip(n[1:], "0123456789")
        n = "0" + n
        pairs = " ".join(n[i:i + 2] for i in range(0, len(n), 2))
        return [pairs, n, pairs.replace(" ", "."), "+33 " + n[1:]][op["phone"] if r.random() < .8 else r.randrange(4)]

    def address_of(self, p, op):
        r = self.r
        a = p["house"]["address"]
        if self.is_("moved"):
            a = p.setdefault("address2", self.address())
        number, way, street, town, flat = a
        postcode, city = town
        if r.random() < self.rate["no_address"] * op["address"]:
            return "", postcode if r.random() < .7 else "", city if r.random() < .9 else ""
        if r.random() < .05:
            street = self.slip(street, "abcdefghijklmnopqrstuvwxyz")
        text = f"{number}{r.choice([' ', ' ', ', ', ' bis ']) if r.random() < .3 else ' '}{r.choice(way)} {street}"
        if flat and r.random() < .6:
            text += " " + flat
        return text, postcode, city if r.random() < .95 else city.upper()

    def write(self, p, op):
        r = self.r
        family, given = self.names_of(p, op)
        sex = "" if self.is_("no_sex") else p["sex"] if not self.is_("sex_wrong") else ("M" if p["sex"] == "F" else "F")
        if op["french"] and sex == "M" and r.random() < .5:
            sex = "H"
        nation = "" if self.is_("no_nation") else (p["house"]["origin"] if not self.is_("nation_wrong") else r.choice(ORIGINS))[2]
        nation = nation and nation[min(op["nation"], len(nation) - 1)]
        agdref = ""
        if r.random() < op["agdref"]:
            agdref = p["agdref"] if not self.is_("agdref_two") else "".join(r.choice("0123456789") for _ in range(10))
            if self.is_("agdref_digit"):
                agdref = self.slip(agdref, "0123456789")
        address, postcode, city = self.address_of(p, op)
        email = "" if self.is_("no_email") else p["email"]
        return [family, given, self.date_of(p, op), sex, nation, self.phone_of(p, op), email, address, postcode, city, agdref]

    def run(self):
        r = self.r
        person = house = 0
        weights = [o["weight"] for o in self.operators]
        while len(self.rows) < self.wanted:
            house += 1
            for p in self.household():
                person += 1
                n = r.choices([1, 2, 3, 4, 5, 6, 8], [42, 22, 14, 9, 6, 4, 3])[0]
                chosen = []
                while len(chosen) < n:
                    op = r.choices(self.operators, weights)[0]
                    if op not in chosen or self.is_("again"):
                        chosen.append(op)
                for op in chosen:
                    self.rows.append([op["name"]] + self.write(p, op))
                    self.truth.append(f"{person}," + (f"t{house}" if "twin" in p else ""))
        order = list(range(len(self.rows)))
        r.shuffle(order)
        order = order[:self.wanted]
        return [(self.rows[i], self.truth[i]) for i in order]


def cell(s):
    return '"' + s.replace('"', '""') + '"' if any(c in s for c in ',"\n') else s


def main():
    records, seed, setting, out, truth = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5]
    made = Maker(records, seed, setting).run()
    with open(out, "w", encoding="utf-8") as f, open(truth, "w", encoding="utf-8") as t:
        f.write("ref,source,family_name,given_name,birth_date,sex,nationality,phone,email,address,postcode,city,agdref\n")
        t.write("ref,person,twins\n")
        for i, (row, person) in enumerate(made):
            f.write(f"r{i}," + ",".join(cell(v) for v in row) + "\n")
            t.write(f"r{i},{person}\n")


if __name__ == "__main__":
    main()
