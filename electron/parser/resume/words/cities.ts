/** Cities of prefecture rank and above, counties that many people move to, and cities abroad. */
const inChinese =
  '北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 武汉 成都 西安 长沙 郑州 青岛 济南 大连 沈阳 哈尔滨 长春 厦门 ' +
  '福州 泉州 宁波 温州 嘉兴 绍兴 金华 台州 无锡 常州 南通 徐州 扬州 镇江 盐城 合肥 芜湖 南昌 赣州 佛山 东莞 ' +
  '珠海 中山 惠州 江门 汕头 湛江 南宁 桂林 柳州 海口 三亚 昆明 贵阳 遵义 拉萨 兰州 西宁 银川 乌鲁木齐 呼和浩特 ' +
  '包头 太原 石家庄 唐山 保定 廊坊 秦皇岛 邯郸 洛阳 开封 烟台 潍坊 临沂 淄博 威海 宜昌 襄阳 株洲 湘潭 衡阳 岳阳 ' +
  '绵阳 德阳 咸阳 宝鸡 香港 澳门 台北 张家口 承德 沧州 衡水 邢台 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 ' +
  '吕梁 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 ' +
  '葫芦岛 四平 辽源 松原 白城 延边 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 连云港 淮安 ' +
  '泰州 宿迁 湖州 衢州 舟山 丽水 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 滁州 阜阳 宿州 六安 亳州 池州 宣城 莆田 三明 ' +
  '漳州 南平 龙岩 宁德 景德镇 萍乡 九江 新余 鹰潭 吉安 宜春 抚州 上饶 枣庄 东营 济宁 泰安 日照 莱芜 德州 聊城 ' +
  '滨州 菏泽 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 黄石 十堰 鄂州 荆门 ' +
  '孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 邵阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 韶关 茂名 肇庆 梅州 汕尾 ' +
  '河源 阳江 清远 潮州 揭阳 云浮 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 儋州 自贡 攀枝花 泸州 ' +
  '广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 六盘水 安顺 毕节 铜仁 曲靖 玉溪 保山 昭通 丽江 ' +
  '普洱 临沧 大理 日喀则 林芝 铜川 渭南 延安 汉中 榆林 商洛 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 ' +
  '陇南 石嘴山 吴忠 固原 中卫 克拉玛依 吐鲁番 哈密 喀什 伊犁 昌吉 石河子 义乌 昆山 晋江 江阴 张家港 常熟 太仓 ' +
  '宜兴 慈溪 余姚 诸暨 海宁 桐乡 温岭 瑞安 乐清 石狮 南安 福清 胶州 即墨 寿光 顺德 高雄 台中 台南 新竹'

const inEnglish =
  "Beijing|Shanghai|Tianjin|Chongqing|Guangzhou|Shenzhen|Hangzhou|Nanjing|Suzhou|Wuhan|Chengdu|Xi'an|Xian|Changsha|" +
  'Zhengzhou|Qingdao|Jinan|Dalian|Shenyang|Xiamen|Ningbo|Wuxi|Hefei|Kunming|Nantong|Changzhou|Jiaxing|Wenzhou|Shaoxing|' +
  'Jinhua|Kunshan|Zhuhai|Foshan|Dongguan|Zhongshan|Huizhou|Fuzhou|Quanzhou|Nanchang|Guiyang|Nanning|Haikou|Sanya|Taiyuan|' +
  'Shijiazhuang|Harbin|Changchun|Hohhot|Lanzhou|Yinchuan|Urumqi|Lhasa|Macau|Taipei|Weihai|Yantai|Weifang|Luoyang|Tangshan|' +
  'Baoding|Osaka|Seoul|Berlin|Munich|Paris|Sydney|Melbourne|Toronto|Vancouver|Manchester|Boston|Seattle|New York|' +
  'San Francisco|Los Angeles|Hong Kong|Singapore|Tokyo|London'

export const cities: readonly string[] = [...inChinese.split(' '), ...inEnglish.split('|')]
