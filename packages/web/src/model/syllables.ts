// Both from the dictionary of pinyin-pro 3.29; pinyin.test.ts names every reading of it that is missing here.

/** Each syllable with the first character that has it where a browser sorts by pinyin. */
export const FIRSTS =
  'a吖ai哎an安ang肮ao凹ba丷bai挀ban扳bang邦bao勹bei卑ben奔beng伻bi屄bian边biao灬bie憋bin汃bing冫bo癶bu峬' +
  'ca嚓cai偲can参cang仓cao撡ce冊cen嵾ceng曽cha叉chai拆chan辿chang伥chao抄che车chen抻cheng阷chi吃' +
  'chong充chou抽chu出chua歘chuai揣chuan巛chuang刅chui吹chun旾chuo逴ci呲cong匆cou凑cu粗cuan汆cui崔' +
  'cun邨cuo搓da咑dai呆dan丹dang当dao刀de嘚den扥deng灯di氐dia嗲dian敁diao刁die爹ding丁diu丟dong东dou吺' +
  'du厾duan耑dui垖dun吨duo多e妸ei诶en奀eng鞥er儿fa发fan帆fang匚fei飞fen分feng丰fo仏fou紑fu夫ga旮gai侅' +
  'gan甘gang冈gao皋ge戈gei给gen根geng刯gong工gou勾gu估gua瓜guai乖guan关guang光gui归gun丨guo呙ha哈hai咍' +
  'han佄hang夯hao茠he诃hei黒hen拫heng亨hong叿hou齁hu乎hua花huai怀huan欢huang巟hui灰hun昏huo吙ji丌jia加' +
  'jian戋jiang江jiao艽jie阶jin巾jing坕jiong冂jiu丩ju凥juan姢jue噘jun军ka咔kai开kan刊kang忼kao尻ke匼' +
  'ken肎keng劥kong空kou抠ku扝kua夸kuai蒯kuan宽kuang匡kui亏kun坤kuo扩la垃lai来lan兰lang啷lao捞le仂lei雷' +
  'leng崚li哩lia俩lian奁liang良liao撩lie毟lin拎ling伶liu溜long龙lou瞜lu噜luan娈lun抡luo啰m呣ma妈mai埋' +
  'man嫚mang牤mao猫me嚒mei坆men椚meng擝mi咪mian宀miao喵mie乜min民ming名miu谬mo摸mou哞mu毪na拏nai腉nan囡' +
  'nang囔nao孬ne疒nei娞nen恁neng能ng嗯ni妮nian拈niang娘niao鸟nie捏nin囜ning宁niu妞nong农nou羺nu奴' +
  'nuan奻nuo挪o喔ou讴pa妑pai拍pan眅pang乓pao抛pei呸pen喷peng匉pi丕pian囨piao剽pie氕pin姘ping乒po钋pou剖' +
  'pu仆qi七qia掐qian千qiang呛qiao悄qie苆qin亲qing靑qiong卭qiu丘qu区quan奍que炔qun夋ran呥rang穣rao娆' +
  're惹ren人reng扔ri日rong戎rou厹ru邚rua挼ruan堧rui桵run瞤ruo捼sa仨sai毢san三sang桒sao掻se閪sen森seng僧' +
  'sha杀shai筛shan山shang伤shao弰she奢shei谁shen申sheng升shi尸shou収shu书shua刷shuai衰shuan闩' +
  'shuang双shui脽shun吮shuo说si厶song忪sou凁su苏suan狻sui夊sun孙suo唆ta他tai囼tan坍tang汤tao夲te忑' +
  'teng熥ti剔tian天tiao旫tie帖ting厅tong囲tou偷tu凸tuan湍tui推tun吞tuo乇wa屲wai歪wan弯wang尢wei危wen昷' +
  'weng翁wo挝wu乌xi夕xia呷xian仙xiang乡xiao灱xie些xin心xing星xiong凶xiu休xu吁xuan吅xue削xun坃ya丫yan恹' +
  'yang央yao幺ye倻yi一yin囙ying应yo哟yong佣you优yu込yuan囦yue曰yun晕za帀zai災zan兂zang匨zao傮ze则zei贼' +
  'zen怎zeng囎zha扎zhai夈zhan枬zhang张zhao佋zhe蜇zhen贞zheng凧zhi之zhong中zhou州zhu朱zhua抓zhuai跩' +
  'zhuan专zhuang妆zhui隹zhun宒zhuo拙zi孜zong宗zou邹zu租zuan钻zui厜zun尊zuo嘬';

/**
 * Each syllable with the characters that are read so too, beside the reading by which they are sorted: of those in
 * GB 2312 and of the common ones in Big5. `v` is ü.
 */
export const OTHERS =
  'a呵嗄腌an厂广ang仰ao嚣艹bai伯呗擘bang旁彭bao剥刨炮曝瀑剝bei臂勃陂箄ben夯賁beng蚌堋bi辟佛拂秘泌纰贲睥祕紕bin份频頻' +
  'bing屏枋槟檳bo柏般薄泊簿佛孛擗艴趵bu堡卜ca拆can掺孱cao屮ce栅cen参參cha刹喳苴嚓楂剎chai差chan单崭單嶄摻chang长裳倘淌長' +
  'chao绰剿綽che尺chen称沈伧傖稱cheng净抢盛噌樘铛淨搶鎗鐺chi匙郗坻柢眙chong涌种重chu助chuai嘬chui椎chun肫朐chuo淖啜鏃' +
  'ci差兹cou楱cu趋趣卒酢趨cuan攒cui衰隹cun蹲cuo瘥da惮疸憚dai大毒诒棣隸dan石膻訑dao帱焘裯de底dei得deng澄di的地提適' +
  'dian鈿diao鳥die佚軼ding町铤dou读渎吋瀆du都顿竺頓dui敦追镦duo度隋驮隳沲柁馱e阿哦阏啞er佴fan蕃拚fang彷fei砩fen玢噴fo佛' +
  'fou不fu脯芾宓ga胳夹咖轧伽呷戛夾軋gai芥胲gan乾gang扛亢gao睪鎬ge盖蛤合纥颌紇蓋鎘geng颈gong红紅贛gou拘句gu贾賈gua括呱' +
  'guan纶斡矜綸guang潢gui傀匮炅guo涡掴囗渦摑ha虾蝦hai蓋han厂犴阚旰hang亢吭巷行桁hao皋镐he盖貉苛吓蓋閡閤嚇hei嗨hen哏heng行' +
  'hu核和戏许芴鹄鹘戲濩hua豁huan还垸還hui堕溃珲桧琿墮潰檜hun棍湣huo和灬擭ji革给期其奇齐系诘給據鯽繫jia挟嘏哿拮袷颉挾jian槛浅堑閒塹檻鵑' +
  'jiang港虹强強jiao嚼觉校爝喬勦嘐覺jie家价藉楷她偈哜袷價頡jing劲箐勁ju车柜桔且渠菹枸瞿車juan圈jue脚角噱鳜jun龟筠隽雋龜ka咯kai岂豈' +
  'kan嵌凵ke咳铪蚵kei剋ken龈ku挎楛kuai会蒉浍會kuan梡kui隗匱鮭kuo适栝la落lai疠癘lan啉lao乐潦落络絡樂le肋嘞lei勒' +
  'li鬲悝砬镉犛釐lian莶liang俩莨靓倆liao了缪繆ling棱稜liu碌陆lo咯long弄lou露lu六蓼luo咯烙捋硌跞詻' +
  'lv驴吕铝侣旅履屡缕虑氯律率滤绿偻捋闾榈膂稆褛呂侶屢綠慮鋁閭縷褸濾櫚驢lve掠略锊ma么摩抹麽痳man埋me麽mei糜谜men瞒汶鞔瞞meng氓蟒黾mian黾靦' +
  'miao缪繆min玟miu缪繆mo貉嘿脉冒么没万无蟆沒麼嬤mou厶mu姥模莫牟缪na南内nai哪能nan囝nao桡橈ne哪吶nei哪那ni呢疑妳nian粘辗' +
  'niao溺nie捻摄乜攝nin恁niu拗nu帑nuo娜难nv女恧钕衄nve虐疟瘧ou区禺區pa扒耙钯pai迫箄pan扳般拌番胖丬闆pang膀磅pei坏淠妃' +
  'peng亨苹pi罢被否坏芘吡濞裨罷pian扁便缏piao朴莩骠驃pin拚蘋ping冯馮鉼po繁朴陂泺醱pu堡暴卜埔qi稽缉伎揭枝丌亟荠啐綮愒緝薺qia卡咭' +
  'qian纤荨犍羟qiang将疆彊qiao壳雀峤殼橾qie契砌茄伽慊趄qin堇廑矜覃qing亲親鯖qiu仇龟艽湫龜qu戌苣quan捲que芍qun麇re若喏ru女' +
  'rui兑兌sai思san参參sao梢缲se塞槭薔sha杉挲shai色酾shan掺单掸栅禅單禪shang汤湯shao鞘召杓she拾折揲shei誰' +
  'shen参信谌葚吲糁參糝sheng乘甸渑晟澠shi什硕似嘘泽栅殖峙耆碩噓澤shou熟shu俞朱疋shuai率shuang泷shui谁说說shuo数數' +
  'si食伺俟糸飴su缩縮sui尿suo莎些挲ta嗒漯沓躂tai呔骀tan弹澹宕镡彈tang饧惝tao跳叨te貸tei忒ti弟棣tian佃甸钿tiao调苕啁铫調' +
  'tong侗恫洞垌峒tou愉钭tuan揣tui弟忒tun囤褪tuo拓铊wa凹鮭wan蔓莞箢wei遗倭崴隹wen韫wo喔wu恶亡於惡xi腊栖洒鳃诶郄茜咭忾歙裼蹊愾銑' +
  'xia唬夹厦瘕夾廈xian掺见铣洗彡锬見xiang降羊xiao俏削姣蛸xie解契血叶颉鲑鮭xin莘镡xing省xiu臭宿xu邪休畜圩浒朐砉燸xuan券县煖縣' +
  'xue彐xun浚孙郇窨孫濬ya邪吖碣疋yan铅殷剡阽埏yang详yao侥乐么疟陶约铫窕約僥瘧樂ye喝射邪咽拽揲yi艾蛾疙蛇射食尾泄仡荑嗌欹yin圻湮縯齦' +
  'ying景荥yo育you尢蝤繇yu奥谷蔚尉吾邪吁粥菀喁熨奧yuan宛芫圜yue兑乐说钥哕栎兌說樂鑰yun员員za咱扎zai仔zan堑拶偺zang藏ze侧咋側睪' +
  'zeng曾综綜zha查蜡轧咋喋馇怍軋紮zhai侧翟祭齐责择哜豸側責齊擇zhan颤zhao朝嘲着濯zhe著乇螫適zhei这zhen填溱椹幀縝zheng丁徵鲭' +
  'zhi识氏拓郦祇識zhong夂忪蚣zhou调啁繇zhu属术澍褚朮苧屬zhua挝爪撾zhuai转zhuan传沌耑傳zhuang幢僮奘戆贛zhui揣隊zhun淳屯' +
  'zhuo缴淖著琢着棹焯繳zi齐吱茈呲甾齜zong枞從樅zuan赚賺zui咀觜zuo撮柞笮';
