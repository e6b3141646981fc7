/** Surnames in one string each: the frequent ones that make up more than 99 % of the population, and the compound ones. */
export const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文庞樊兰殷施洪翟安颜倪牛芦温季俞章鲁葛伍申尤毕聂柴焦左欧梅关简祝纪滕骆柏霍祁盛齐辛房路宁甘车童管岳褚涂靳凌苗包佟阮舒柯卓党裴耿华狄吉屈阳穆司商单蓝冉池米战冷岑宫费代喻丛明古解景尚邢符占项柳成应桑隋厉昌闵虞封查仇詹甄饶迟麦巫全邬戚郁上官班游桂楼缪瞿卞游窦敖隆卫云奚郎凤酆鲍廉傅皮卜萧湛禹贝臧伏谈茅席麻娄危刁支昝裘宗宣贲杭诸钮嵇滑荣翁荀羊於惠曲芮羿储汲邴糜松井富乌巴弓牧隗山谷宓蓬郗仰秋仲伊栾暴钭戎祖束幸韶郜蓟薄印宿怀蒲邰鄂索咸籍蔺屠蒙阴鬱胥苍双闻莘贡劳逄姬扶堵宰郦雍郤璩濮寿边扈燕冀郏浦农庄晏阎充慕连茹习宦艾鱼容慎戈庾终暨居衡步满弘匡寇禄阙殳沃利蔚越夔巩厍晁勾融訾阚那毋沙乜养鞠丰巢蒯荆竺权逯盖益桓仝仉督帅缑亢况郈琴归晋楚汝鄢钦牟佘佴伯赏墨哈谯笪福邝冼' as const
export const compoundSurnames = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '司徒',
  '夏侯',
  '令狐',
  '端木',
  '南宫',
  '宇文',
  '长孙',
  '独孤',
  '轩辕',
  '西门',
  '呼延',
  '闻人',
  '赫连',
] as const

export const schoolEnd =
  /(?:大学|学院|学校|中学|高中|职高|技校|党校|专科|分校|(?:大学|学院)[(（][^)）]{1,12}[)）])$|\b(?:university|college|institute|school|academy|polytechnic|conservatory|faculty)\b/i
export const companyWord =
  /(?:公司|集团|银行|医院|研究院|研究所|事务所|工厂|酒店|中心|工作室|分公司|商行|超市|学校|幼儿园|科技|厂|店|局|社|股份|信息技术|设计院|大学|学院|(?:公司|集团)[(（][^)）]{1,12}[)）])$|\b(?:inc|ltd|llc|co|corp|corporation|company|group|bank|hospital|technologies|technology|labs?|studio|holdings|gmbh|partners|solutions|systems|university)\b\.?/i
export const positionWord =
  /(?:工程师|经理|总监|主管|专员|助理|设计师|开发|顾问|会计|出纳|讲师|教师|老师|分析师|架构师|运营|实习生|代表|策划|编辑|翻译|护士|护师|医生|医师|司机|店长|负责人|组长|主任|秘书|文员|客服|销售|测试|运维|总裁|研究员|程序员|技术员|操作工|质检员|采购|人事|行政|法务|律师|记者|摄影师|剪辑师|厨师|店员|收银员|导购|经纪人|教练|审计|财务|仓管|班长|技师|产品经理|合伙人|创始人|岗|员|师|长)(?:[(（][^)）]{1,12}[)）])?$|\b(?:engineer|manager|developer|director|analyst|designer|consultant|intern|assistant|specialist|lead|architect|accountant|representative|officer|programmer|scientist|researcher|teacher|nurse|editor|coordinator|administrator|associate|supervisor|executive|recruiter|CEO|CTO|CFO|COO|HRBP|HR|controller|partner|technician|chef|buyer|planner|trader|writer|strategist|attorney|paralegal|pharmacist|physician|electrician|machinist|owner|head|president|clerk|tutor|instructor|lecturer|professor)\b/i

export const languageNames =
  /英语|日语|韩语|法语|德语|西班牙语|俄语|葡萄牙语|意大利语|阿拉伯语|泰语|越南语|普通话|粤语|汉语|中文|\b(?:English|Japanese|Korean|French|German|Spanish|Russian|Portuguese|Italian|Arabic|Chinese|Mandarin|Cantonese)\b/gi
